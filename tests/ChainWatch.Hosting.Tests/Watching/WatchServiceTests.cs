using ChainWatch.Sources;
using ChainWatch.TestNodes.Http;
using ChainWatch.Watching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting.Tests.Watching;

public sealed class WatchServiceTests : IDisposable
{
    private readonly WatchStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Host_WatchesDeliversTellsItsHealth_AndEndsGracefully()
    {
        List<LoopbackRequest> requests = [];
        await using LoopbackServer webhook = new((request, _) =>
        {
            requests.Add(request);
            return Task.FromResult(LoopbackAnswer.Text("", 204));
        });
        _stage.Options();
        using (IHost host = Build(webhook.Endpoint))
        {
            HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
            (await health.CheckHealthAsync()).Entries["chainwatch"].Description.ShouldBe("the watch has not started");
            await host.StartAsync();
            WatchRunner runner = host.Services.GetRequiredService<WatchService>().Runner!;
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            HealthReportEntry healthy = (await health.CheckHealthAsync()).Entries["chainwatch"];
            (healthy.Status, healthy.Description).ShouldBe((HealthStatus.Healthy, "the watch runs, and nothing is behind"));
            healthy.Data["ethereum.lag_blocks"].ShouldBe(0L);
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, WatchStage.Person(9)));
            await _stage.UntilAsync(() => runner.Status.Sinks.All(s => s.Backlog == 0) && runner.Watcher.Log.Head.Number == 1);
            await host.StopAsync();
            runner.Status.IsRunning.ShouldBeFalse();
        }

        LoopbackRequest posted = requests.ShouldHaveSingleItem();
        Alert.FromJson(posted.Body).Wallet.ShouldBe(WatchStage.Person(9));
        posted.Headers[WebhookSignature.SignatureHeader].ShouldBe(WebhookSignature.Compute("0123456789abcdef"u8, posted.Headers[WebhookSignature.TimestampHeader], posted.Body));
        CountingSink.Accepted.ShouldBe(1);
        using WatchRunner next = _stage.Open();
        next.Watcher.Log.Head.Number.ShouldBe(1);
    }

    [Fact]
    public async Task Host_WhoseStateIsHeld_DoesNotStart()
    {
        using WatchRunner holder = _stage.Open();
        using IHost host = Build(new Uri("http://127.0.0.1:1/"));
        (await Should.ThrowAsync<ChainWatchException>(() => host.StartAsync())).Message.ShouldContain("alerts.jsonl");
    }

    [Fact]
    public void AddChainWatch_Twice_IsOneWatch()
    {
        ServiceCollection services = [];
        services.AddChainWatch(o => o.Hops = 2).AddChainWatch(o => o.Hops++);
        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetServices<IHostedService>().OfType<WatchService>().ShouldHaveSingleItem();
    }

    private IHost Build(Uri webhook)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ChainWatch:StateFolder"] = _stage["state"],
            ["ChainWatch:From"] = "list:ofac-sdn",
            ["ChainWatch:Wallets"] = _stage["wallets.txt"],
            ["ChainWatch:Hops"] = "3",
            ["ChainWatch:DefaultLabels"] = "false",
            ["ChainWatch:Webhook:Url"] = webhook.ToString(),
            ["ChainWatch:Webhook:Secret"] = "0123456789abcdef",
        });
        builder.Services.AddSingleton<TimeProvider>(_stage.Clock);
        builder.Services.AddSingleton<IChainSource>(_stage.Chain);
        builder.Services.AddChainWatch(builder.Configuration.GetSection("ChainWatch"));
        builder.Services.AddAlertSink<CountingSink>();
        builder.Services.AddHealthChecks().AddChainWatch();
        builder.Logging.AddProvider(_stage.Log);
        return builder.Build();
    }

    internal sealed class CountingSink : IAlertSink
    {
        private static int _accepted;

        public static int Accepted => _accepted;

        public string Name => "counting";

        public Task SendAsync(LoggedAlert alert, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _accepted);
            return Task.CompletedTask;
        }
    }
}
