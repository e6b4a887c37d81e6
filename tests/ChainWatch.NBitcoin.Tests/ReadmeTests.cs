using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using NBitcoin;
using NBitcoin.RPC;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>What the package's README shows compiles, since it stands here to the letter.</summary>
public class ReadmeTests
{
    [Fact]
    public void Example_StandsInThisFile()
    {
        string root = Root();
        string[] lines = File.ReadAllText(Path.Combine(root, "src", "ChainWatch.NBitcoin", "README.md")).ReplaceLineEndings("\n").Split("```csharp\n")[1].Split("\n```")[0].Split('\n');
        HashSet<string> here = [.. File.ReadLines(Path.Combine(root, "tests", "ChainWatch.NBitcoin.Tests", "ReadmeTests.cs")).Select(l => l.Trim()), "using ChainWatch;", "using ChainWatch.NBitcoin;"];
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
        RPCClient rpc = new("user:password", new Uri("http://127.0.0.1:8332"), Network.Main);
        BitcoinAddress wallet = BitcoinAddress.Create("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Network.Main);

        ListSet lists = ListSet.Embedded;
        TraceRequest request = new() { From = [lists["ofac-sdn"]], To = [wallet.ToAddress()], MaxHops = 3, Lists = lists };
        TransferGraph graph = await new Collector(rpc.AsTransferSource()).CollectAsync(request);
        TraceResult result = Tracer.Trace(graph, request);
        return result;
    }
}
