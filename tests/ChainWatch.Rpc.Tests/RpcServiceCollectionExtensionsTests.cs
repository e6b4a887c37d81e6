using ChainWatch.TestNodes.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Rpc.Tests;

public sealed class RpcServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddRpcClient_TwoNames_GivesWorkingClientsOfEach()
    {
        await using TestEndpoint first = Server("1");
        await using TestEndpoint second = Server("2");
        ServiceCollection services = new();
        services.AddRpcClient("first", RpcEndpoint.Parse($"{first.Uri}"));
        services.AddRpcClient("second", RpcEndpoint.Parse($"{second.Uri}"), new RpcOptions { Concurrency = 2 });
        await using ServiceProvider provider = services.BuildServiceProvider();

        (await provider.GetRequiredKeyedService<JsonRpcClient>("first").TextAsync()).ShouldBe("1");
        (await provider.GetRequiredKeyedService<JsonRpcClient>("second").TextAsync()).ShouldBe("2");
        provider.GetRequiredKeyedService<JsonRpcClient>("first").ShouldBeSameAs(provider.GetRequiredKeyedService<JsonRpcClient>("first"));
        using RpcAnswer answer = await provider.GetRequiredKeyedService<RestClient>("second").GetAsync("a thing", "thing");
        answer.Text().ShouldBe("{}");
        second.Requests.Last().Target.ShouldBe("/thing");
    }

    [Fact]
    public async Task AddRpcClient_EverythingLogged_NoUrlIsPrinted()
    {
        await using TestEndpoint endpoint = new((request, number) => number == 1 ? LoopbackAnswer.Text("", 503) : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7")));
        CollectedLog<JsonRpcClient> log = new();
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddSingleton<TimeProvider>(new FakeClock());
        services.AddRpcClient("node", RpcEndpoint.Parse($"{endpoint.Uri}v3/0123456789abcdef"), TestEndpoint.Options);
        await using ServiceProvider provider = services.BuildServiceProvider();

        (await provider.GetRequiredKeyedService<JsonRpcClient>("node").TextAsync()).ShouldBe("7");

        log.Lines.Count(l => l.StartsWith("1001", StringComparison.Ordinal)).ShouldBe(1);
        log.Lines.ShouldAllBe(l => !l.Contains("0123456789abcdef", StringComparison.Ordinal) && !l.Contains("/v3", StringComparison.Ordinal));
        endpoint.Requests.ShouldAllBe(r => r.Target == "/v3/0123456789abcdef");
    }

    private static TestEndpoint Server(string result) =>
        new((request, _) => LoopbackAnswer.Text(request.Method == "GET" ? "{}" : AskedCall.Read(request).Single().Result(result)));
}
