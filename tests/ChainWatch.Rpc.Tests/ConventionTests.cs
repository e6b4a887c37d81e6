using System.Reflection;
using System.Text.RegularExpressions;

namespace ChainWatch.Rpc.Tests;

public sealed partial class ConventionTests
{
    private static readonly Assembly Rpc = typeof(JsonRpcClient).Assembly;

    [Fact]
    public void References_AreTheCoreTheFrameworkAndPolly() =>
        Rpc.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => n != "ChainWatch" && !n.StartsWith("System.", StringComparison.Ordinal) && !n.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && n != "Polly" && !n.StartsWith("Polly.", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void PublicNames_HoldNoChainWords()
    {
        string[] names = [.. Rpc.GetExportedTypes().SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => $"{t.Name}.{m.Name}").Append(t.Name))];
        names.ShouldContain(nameof(JsonRpcClient));
        names.Where(n => ChainWord().IsMatch(n)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("EthClient", true)]
    [InlineData("RpcBitcoinCall", true)]
    [InlineData("GasUsed", true)]
    [InlineData("Method", false)]
    [InlineData("Weight", false)]
    public void ChainWord_OfAName_IsFound(string name, bool expected) => ChainWord().IsMatch(name).ShouldBe(expected);

    // Whole words of a name written in capitals and small letters.
    [GeneratedRegex("(?:^|(?<=[a-z.]))(?:Ethereum|Eth|Bitcoin|Btc|Satoshi|Wei|Gwei|Gas|Erc|Utxo|Etherscan|Blockscout|Chain|Contract|Wallet|Transaction|Receipt|Bloom)(?![a-z])")]
    private static partial Regex ChainWord();
}
