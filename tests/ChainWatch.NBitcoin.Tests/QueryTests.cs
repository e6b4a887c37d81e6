using System.Reflection;
using System.Text.RegularExpressions;
using ChainWatch.TestNodes.Bitcoin;
using ChainWatch.Tests.Packaging;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>The query over NBitcoin, as its users run it.</summary>
public class QueryTests
{
    private const string Query = "10-who-paid-a-listed-address";

    // Blender.io's, on OFAC's list since 2022-05-06.
    private const string Listed = "15PggTG7YhJKiE6B16vkKzA1YDTZipXEX4";
    private const long Coin = 100_000_000;

    [SkippableFact]
    public async Task WhoPaidAListedAddress_ByDotnetRun_FindsThePayer_AsTheReadmeShows()
    {
        await using Bcoin node = await Bcoin.StartAsync();
        TxId first = await node.MineAsync(1, await node.AddressAsync("payer"));
        await node.MineAsync(439);
        string customer = await node.AddressAsync("customer");
        TxId paid = await node.SpendAsync([(first, 0)], [(customer, 20 * Coin), (await node.AddressAsync("change"), 30 * Coin)]);
        await node.MineAsync();
        await node.SpendAsync([(paid, 0)], [(Listed, 15 * Coin), (customer, 5 * Coin)]);
        await node.MineAsync();

        Environment.SetEnvironmentVariable("WithChainSdks", "true");
        string sources = typeof(QueryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackageSources").Value ?? "";
        Environment.SetEnvironmentVariable("RestoreAdditionalProjectSources", sources);
        string root = ReadmeTests.Root();
        string output = await DotnetCommand.RunAsync(root, "run", Path.Combine("samples", "queries", $"{Query}.cs"), $"http://{node.User}:{node.Password}@127.0.0.1:{node.Endpoint.Port}", "regtest", "500");

        // The port is another each time.
        string printed = Regex.Replace(output.ReplaceLineEndings("\n"), "127.0.0.1:[0-9]+", "127.0.0.1:8332", RegexOptions.None, TimeSpan.FromSeconds(1));
        string readme = (await File.ReadAllTextAsync(Path.Combine(root, "samples", "queries", "README.md"))).ReplaceLineEndings("\n");
        string shown = readme.Split($"### {Query}\n")[1].Split("```text\n")[1].Split("```")[0];
        printed.ShouldContain($"{customer}  BitcoinWitPubKeyAddress");
        printed.ShouldContain("15 BTC");
        printed.ShouldBe(shown);
    }
}
