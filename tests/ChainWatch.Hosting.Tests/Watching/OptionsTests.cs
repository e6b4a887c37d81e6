using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ChainWatch.Hosting.Tests.Watching;

public sealed class OptionsTests : IDisposable
{
    private readonly WatchStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Start_EveryProblem_IsOneLineThatNamesTheKey_AndNoSecretIsRepeated()
    {
        string[] problems = await ProblemsOf(new()
        {
            ["Wallet"] = "customers.csv",
            ["Hops"] = "four",
            ["From"] = "list:ofac-sdm",
            ["Wallets:0"] = "nowhere.csv",
            ["AnyToken"] = "perhaps",
            ["MinValues:0"] = "ETH=0.01",
            ["MinValues:1"] = "native=1",
            ["StopFiles"] = "nowhere-either.csv",
            ["IntervalSeconds"] = "0",
            ["Ethereum:Url"] = "ws://user:key-of-mine@127.0.0.1/key-of-mine",
            ["Bitcoin:Url"] = "key-of-mine",
            ["Bitcoin:AsChain"] = "litecoin",
            ["Bitcoin:Cookie"] = "key-of-mine",
            ["Webhook:Url"] = "http://127.0.0.1/key-of-mine",
            ["Webhook:Secret"] = "key-of-mine",
        });
        string[] expected =
        [
            "ChainWatch:Hops: 'four'; expected a whole number",
            "ChainWatch:AnyToken: 'perhaps'; expected true or false",
            "ChainWatch:Bitcoin:Cookie: is no key; expected one of Url, CookieFile, AsChain",
            "ChainWatch:Wallet: is no key; expected one of StateFolder, ListsFolder, From,",
            "ChainWatch:StateFolder: is missing; expected the folder that keeps blocks and alerts",
            "ChainWatch:Hops: 0; expected a whole number from 1 to 100",
            "ChainWatch:IntervalSeconds: 0; expected a whole number from 1 to 3600",
            "ChainWatch:Ethereum:Url: 'ws://127.0.0.1' is not reached over HTTP; expected http:// or https://",
            "ChainWatch:Bitcoin:Url: is no URL; expected http://HOST:PORT",
            "ChainWatch:Bitcoin:AsChain 'litecoin': expected bitcoin,",
            "ChainWatch:Webhook:Secret: the webhook's secret has 11 bytes: expected at least 16",
            "ChainWatch:Wallets 'nowhere.csv': there is no such file; expected an address or a file of addresses",
            "ChainWatch:From: no list 'ofac-sdm'",
            "ChainWatch:StopFiles: nowhere-either.csv: there is no such file",
            "ChainWatch:MinValues native=1: the chains are not known here; expected ETH, BTC, a chain's name",
        ];
        problems.Length.ShouldBe(expected.Length, string.Join('\n', problems));
        foreach ((string problem, string start) in problems.Zip(expected))
        {
            problem.ShouldStartWith(start);
            problem.ShouldNotContain("key-of-mine");
            problem.ShouldNotContain('\n');
        }
    }

    [Fact]
    public async Task Start_NothingConfigured_SaysWhatIsMissing() => (await ProblemsOf([])).ShouldBe(
    [
        "ChainWatch:StateFolder: is missing; expected the folder that keeps blocks and alerts",
        "ChainWatch:From: is missing; expected list:NAME, list:NAME/ENTITY, an address or a file of addresses",
        "ChainWatch:Wallets: is missing; expected addresses, or a file of them",
        "ChainWatch:Hops: 0; expected a whole number from 1 to 100",
        "ChainWatch: no node to watch; expected Ethereum:Url, Bitcoin:Url, or both",
    ]);

    [Fact]
    public void Section_IsReadWhole()
    {
        using ServiceProvider services = Services(new()
        {
            ["StateFolder"] = "state",
            ["ListsFolder"] = "lists",
            ["From:0"] = "list:a",
            ["From:1"] = "list:b",
            ["Wallets"] = "customers.csv",
            ["Hops"] = "4",
            ["StopFiles"] = "own.csv",
            ["DefaultLabels"] = "false",
            ["MaxDegree"] = "1000",
            ["MinValues:0"] = "polygon=0.5",
            ["AnyToken"] = "true",
            ["StrictOrder"] = "true",
            ["ThroughCoinJoin"] = "true",
            ["AlertValues:0"] = "BTC=1",
            ["Confirmations"] = "3",
            ["Since"] = "19000000",
            ["IntervalSeconds"] = "12",
            ["MaxListAgeDays"] = "3",
            ["Ethereum:Url"] = "http://127.0.0.1:8545",
            ["Ethereum:BearerToken"] = "token",
            ["Bitcoin:Url"] = "http://127.0.0.1:8332",
            ["Bitcoin:CookieFile"] = "cookie",
            ["Bitcoin:AsChain"] = "bitcoin",
            ["Webhook:Url"] = "https://alerts.example/hook",
            ["Webhook:Secret"] = "0123456789abcdef",
            ["Webhook:Name"] = "case-desk",
            ["Webhook:BearerToken"] = "other",
        });
        ChainWatchOptions options = new();
        foreach (IConfigureOptions<ChainWatchOptions> configure in services.GetServices<IConfigureOptions<ChainWatchOptions>>())
        {
            configure.Configure(options);
        }

        options.Unread.ShouldBeEmpty();
        (options.StateFolder, options.ListsFolder, options.Hops, options.DefaultLabels, options.MaxDegree, options.AnyToken, options.StrictOrder, options.ThroughCoinJoin)
            .ShouldBe(("state", "lists", 4, false, 1000, true, true, true));
        (options.Confirmations, options.Since, options.IntervalSeconds, options.MaxListAgeDays).ShouldBe((3, 19000000, 12, 3));
        options.From.ShouldBe(["list:a", "list:b"]);
        options.Wallets.ShouldBe(["customers.csv"]);
        options.StopFiles.ShouldBe(["own.csv"]);
        options.MinValues.ShouldBe(["polygon=0.5"]);
        options.AlertValues.ShouldBe(["BTC=1"]);
        (options.Ethereum!.Url, options.Ethereum.BearerToken).ShouldBe(("http://127.0.0.1:8545", "token"));
        (options.Bitcoin!.Url, options.Bitcoin.CookieFile, options.Bitcoin.AsChain).ShouldBe(("http://127.0.0.1:8332", "cookie", "bitcoin"));
        (options.Webhook!.Url, options.Webhook.Secret, options.Webhook.Name, options.Webhook.BearerToken).ShouldBe(("https://alerts.example/hook", "0123456789abcdef", "case-desk", "other"));
    }

    [Fact]
    public void Open_WithoutAContainer_RefusesTheSame()
    {
        ChainWatchOptions options = _stage.Options();
        options.Hops = 101;
        Should.Throw<ChainWatchException>(() => WatchRunner.Open(options)).Message
            .ShouldBe("ChainWatch:Hops: 101; expected a whole number from 1 to 100; ChainWatch: no node to watch; expected Ethereum:Url, Bitcoin:Url, or both");
        File.Exists(_stage["state"]).ShouldBeFalse();
    }

    private static async Task<string[]> ProblemsOf(Dictionary<string, string?> keys)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(keys.Select(k => KeyValuePair.Create($"ChainWatch:{k.Key}", k.Value)));
        builder.Services.AddChainWatch(builder.Configuration.GetSection(ChainWatchOptions.SectionName));
        using IHost host = builder.Build();
        return [.. (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Failures];
    }

    private static ServiceProvider Services(Dictionary<string, string?> keys)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(keys.Select(k => KeyValuePair.Create($"ChainWatch:{k.Key}", k.Value))).Build();
        return new ServiceCollection().AddChainWatch(configuration.GetSection(ChainWatchOptions.SectionName)).BuildServiceProvider();
    }
}
