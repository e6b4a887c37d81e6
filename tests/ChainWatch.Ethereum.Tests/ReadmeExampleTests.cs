using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Rpc;
using ChainWatch.Tracing;

namespace ChainWatch.Ethereum.Tests;

/// <summary>What the README shows of fetching from a node compiles, since it stands here to the letter.</summary>
public class ReadmeExampleTests
{
    [Fact]
    public void NodeExample_StandsInThisFile()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChainWatch.sln")))
        {
            folder = folder.Parent;
        }

        string root = folder.ShouldNotBeNull().FullName;
        string[] blocks = File.ReadAllText(Path.Combine(root, "README.md")).ReplaceLineEndings("\n").Split("```csharp\n");
        string[] lines = blocks[2][..blocks[2].IndexOf("\n```", StringComparison.Ordinal)].Split('\n');
        string[] here = [.. File.ReadLines(Path.Combine(root, "tests", "ChainWatch.Ethereum.Tests", "ReadmeExampleTests.cs")).Select(l => l.Trim())];

        lines.Length.ShouldBe(3);
        lines.ShouldAllBe(l => here.Contains(l));
        ((Delegate)CollectAsync).ShouldNotBeNull();
    }

    private static async Task<TransferGraph> CollectAsync(TraceRequest request)
    {
        using HttpClient http = RpcHttp.Create();
        using JsonRpcClient client = new(http, RpcEndpoint.Parse("http://127.0.0.1:8545"));
        TransferGraph graph = await new Collector(new EthereumTransferSource(client)).CollectAsync(request);
        return graph;
    }
}
