using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Rpc;
using ChainWatch.Tracing;
using Nethereum.Web3;

namespace ChainWatch.Nethereum.Tests;

/// <summary>What the package's README shows compiles, since it stands here to the letter.</summary>
public class ReadmeTests
{
    [Fact]
    public void Example_StandsInThisFile()
    {
        string root = Root();
        string[] lines = File.ReadAllText(Path.Combine(root, "src", "ChainWatch.Nethereum", "README.md")).ReplaceLineEndings("\n").Split("```csharp\n")[1].Split("\n```")[0].Split('\n');
        HashSet<string> here = [.. File.ReadLines(Path.Combine(root, "tests", "ChainWatch.Nethereum.Tests", "ReadmeTests.cs")).Select(l => l.Trim()), "using ChainWatch;", "using ChainWatch.Nethereum;"];
        lines.Length.ShouldBeGreaterThan(12);
        lines.ShouldAllBe(l => here.Contains(l));
        ((Delegate)TraceAsync).ShouldNotBeNull();
    }

    internal static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChainWatch.sln")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull().FullName;
    }

    private static async Task<TraceResult> TraceAsync()
    {
        const string url = "http://127.0.0.1:8545";
        Web3 web3 = new(url);
        Address wallet = NethereumAddress.Parse("0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44");

        ListSet lists = ListSet.Embedded;
        TraceRequest request = new() { From = [lists["ofac-sdn"].Entity("Lazarus Group")], To = [wallet], MaxHops = 3, Tokens = lists.TokenLists[0], Lists = lists };
        TransferGraph graph = await new Collector(web3.AsTransferSource(RpcEndpoint.Parse(url))).CollectAsync(request);
        TraceResult result = Tracer.Trace(graph, request);
        return result;
    }
}
