using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Numerics;
using System.Text.Json.Nodes;
using ChainWatch.Benchmarks.Appending;
using ChainWatch.Ethereum;
using ChainWatch.Lists;
using ChainWatch.Rpc;
using ChainWatch.TestNodes;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>From a real node's new head to the alert: blocks of 300 transfers, each of which brings one watched wallet within reach.</summary>
internal static class LatencyBenchmark
{
    private const int TransfersPerBlock = 300;
    private const int WalletsFirst = 1_000_000;
    private static readonly Address Listed = BlockStory.At(1);

    public static async Task RunAsync(int blocks, TextWriter output)
    {
        await using Anvil node = await Anvil.StartAsync();
        using HttpClient filler = new();
        Address[] senders = [.. Enumerable.Range(0, TransfersPerBlock).Select(i => i == 0 ? Listed : BlockStory.At((ulong)(i + 1)))];
        foreach (Address sender in senders)
        {
            await node.SetBalanceAsync(sender, BigInteger.Pow(10, 24));
        }

        string folder = Directory.CreateTempSubdirectory("chainwatch-latency-").FullName;
        using TimedHandler timed = new(new SocketsHttpHandler());
        using HttpClient http = new(timed, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using JsonRpcClient client = new(http, RpcEndpoint.Parse(node.Endpoint.ToString()));
        WatchRequest request = new()
        {
            Trace = new TraceRequest { From = [AddressList.Of("seeds", Listed)], To = [.. Enumerable.Range(WalletsFirst, blocks + 1).Select(i => BlockStory.At((ulong)i))], MaxHops = 4 },
        };
        List<double> whole = [];
        List<double> own = [];
        try
        {
            using Watcher watcher = Watcher.Open(folder, request, [new EthereumTransferSource(client)]);
            await watcher.CatchUpAsync();

            // The first is compiled meanwhile.
            for (int block = 0; block <= blocks; block++)
            {
                await FillAsync(filler, node, senders, BlockStory.At((ulong)(WalletsFirst + block)), block);
                await node.MineAsync();
                (long start, TimeSpan waited) = (Stopwatch.GetTimestamp(), timed.Waited);
                IReadOnlyList<Alert> told = await watcher.CatchUpAsync();
                TimeSpan took = Stopwatch.GetElapsedTime(start);
                if (told.Count != 1)
                {
                    throw new InvalidOperationException($"{told.Count} alerts; expected the one of the block");
                }

                if (block > 0)
                {
                    whole.Add(took.TotalMilliseconds);
                    own.Add((took - (timed.Waited - waited)).TotalMilliseconds);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{blocks} blocks of {TransfersPerBlock} transfers: from the node's new head to the alert in the log {Median(whole):0.0} ms in the median ({whole.Max():0.0} at most); without the node's own answers {Median(own):0.0} ms ({own.Max():0.0} at most)"));
    }

    private static async Task FillAsync(HttpClient http, Anvil node, Address[] senders, Address wallet, int block)
    {
        JsonArray batch = [];
        for (int i = 0; i < senders.Length; i++)
        {
            Address to = i == 0 ? wallet : BlockStory.At((ulong)(2 + (((block * 7919) + (i * 104729)) % 5_000)));
            batch.Add(new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = i,
                ["method"] = "eth_sendTransaction",
                ["params"] = new JsonArray(new JsonObject { ["from"] = senders[i].ToCanonicalString(), ["to"] = to.ToCanonicalString(), ["value"] = "0x3e8", ["gas"] = "0x5208", ["gasPrice"] = "0x0" }),
            });
        }

        using StringContent content = new(batch.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await http.PostAsync(node.Endpoint, content);
        response.EnsureSuccessStatusCode();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
