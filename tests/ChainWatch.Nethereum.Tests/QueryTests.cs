using System.Numerics;
using System.Reflection;
using System.Text.RegularExpressions;
using ChainWatch.TestNodes;
using ChainWatch.Tests.Packaging;

namespace ChainWatch.Nethereum.Tests;

/// <summary>The query over Nethereum, as its users run it.</summary>
public class QueryTests
{
    private const string Query = "09-was-my-wallet-reached";
    private const string Wallet = "0x3333333333333333333333333333333333333333";
    private static readonly Address Thief = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    private static readonly Address Between = Address.Parse("0x2222222222222222222222222222222222222222");
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    [SkippableFact]
    public async Task WasMyWalletReached_ByDotnetRun_FindsThePath_AsTheReadmeShows()
    {
        await using Anvil node = await Anvil.StartAsync(new AnvilOptions { ChainId = 1, Number = 14_442_834, Timestamp = 1_648_000_000 });
        await node.SetBalanceAsync(Thief, 100 * Ether);
        await node.SendAsync(Thief, Between, 10 * Ether);
        await node.MineAsync(1_648_000_012);
        await node.SendAsync(Between, Address.Parse(Wallet), Ether * 5 / 2);
        await node.MineAsync(1_648_000_024);

        (string printed, string error) = await RunAsync(node.Endpoint.ToString(), Wallet, "3");
        error.ShouldBe("");
        string readme = (await File.ReadAllTextAsync(Path.Combine(ReadmeTests.Root(), "samples", "queries", "README.md"))).ReplaceLineEndings("\n");

        // The port is another each time.
        Regex.Replace(printed, "127.0.0.1:[0-9]+", "127.0.0.1:8545", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(readme.Split($"### {Query}\n")[1].Split("```text\n")[1].Split("```")[0]);
        printed.ShouldContain("Exposed");
        printed.ShouldContain("7.5");

        (await RunAsync(node.Endpoint.ToString(), "0x098b716B8Aaf21512996dC57EB0615e2383E2f96")).Error.ShouldStartWith("error: '0x098b716B8Aaf21512996dC57EB0615e2383E2f96'");
    }

    private static async Task<(string Output, string Error)> RunAsync(params string[] arguments)
    {
        Environment.SetEnvironmentVariable("WithChainSdks", "true");
        Environment.SetEnvironmentVariable("RestoreAdditionalProjectSources", typeof(QueryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackageSources").Value ?? "");
        (_, string output, string error) = await DotnetCommand.TryAsync(ReadmeTests.Root(), ["run", Path.Combine("samples", "queries", $"{Query}.cs"), .. arguments]);
        return (output.ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }
}
