using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using ChainWatch.Collecting;
using ChainWatch.Ethereum;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes;
using ChainWatch.Tracing;

namespace ChainWatch.Benchmarks.Ethereum;

/// <summary>
/// How fast blocks are collected from a real node, against a loop that fetches the same answers with as many requests at once
/// and throws them away.
/// </summary>
public static class BlocksBenchmark
{
    private const int Rounds = 3;

    public static bool TryRead(string[] options, out int blocks, out int transactions, out int concurrency)
    {
        (blocks, transactions, concurrency) = (2_000, 100, 8);
        for (int i = 0; i + 1 < options.Length; i += 2)
        {
            if (!int.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1)
            {
                return false;
            }

            switch (options[i])
            {
                case "--blocks": blocks = value; break;
                case "--transactions": transactions = value; break;
                case "--concurrency": concurrency = value; break;
                default: return false;
            }
        }

        return options.Length % 2 == 0;
    }

    public static async Task RunAsync(int blocks, int transactions, int concurrency, TextWriter output)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        long start = Stopwatch.GetTimestamp();
        await using Anvil node = await LoadedNode.StartAsync(blocks, transactions);
        long last = await node.HeadAsync();
        BlockWindow window = new(last - blocks + 1, last);
        output.WriteLine(string.Create(invariant, $"{blocks} blocks of {transactions} transactions, half of them a token's, mined in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; {concurrency} requests at once"));
        List<double> bare = [];
        List<double> ours = [];
        for (int round = 0; round <= Rounds; round++)
        {
            // In turns, so that both see the same machine; the first round warms up.
            (double bareTime, long bytes) = await FetchAsync(node.Endpoint, window, concurrency);
            (double ownTime, int movements) = await CollectAsync(node.Endpoint, window, concurrency);
            if (round > 0)
            {
                bare.Add(bareTime);
                ours.Add(ownTime);
                output.WriteLine(string.Create(invariant, $"  bare loop {bareTime:0.00} s ({bytes / 1e6:0} MB); collected and in chain order {ownTime:0.00} s ({movements} movements); ratio of speeds {bareTime / ownTime:0.00}"));
            }
        }

        bare.Sort();
        ours.Sort();
        using Process self = Process.GetCurrentProcess();
        output.WriteLine(string.Create(invariant, $"medians: bare {bare[Rounds / 2]:0.00} s, collected {ours[Rounds / 2]:0.00} s, ratio of speeds {bare[Rounds / 2] / ours[Rounds / 2]:0.00}; peak memory of this process {self.PeakWorkingSet64 / 1e6:0} MB"));
    }

    private static async Task<(double Seconds, int Movements)> CollectAsync(Uri endpoint, BlockWindow window, int concurrency)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpClient http = RpcHttp.Create();
        using JsonRpcClient client = new(http, RpcEndpoint.Parse(endpoint.ToString()), new RpcOptions { Concurrency = concurrency });
        EthereumTransferSource source = new(client, new EthereumSourceOptions { BlocksAhead = concurrency });
        TraceRequest request = new() { From = [AddressList.Of("none", Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"))], MaxHops = 1, Window = new TraceWindow(window.First, window.Last) };
        TransferGraph graph = await new Collector(source, new CollectOptions { Way = CollectWay.Blocks }).CollectAsync(request);
        return graph.Coverage.Gaps.Count == 0
            ? (Stopwatch.GetElapsedTime(start).TotalSeconds, graph.Chains[0].MovementCount)
            : throw new InvalidOperationException(graph.Coverage.Gaps[0].Detail);
    }

    private static async Task<(double Seconds, long Bytes)> FetchAsync(Uri endpoint, BlockWindow window, int concurrency)
    {
        long start = Stopwatch.GetTimestamp();
        using SocketsHttpHandler handler = new();
        using HttpClient http = new(handler);
        long bytes = 0;
        IEnumerable<string> calls = Enumerable.Range(0, (int)window.Count).SelectMany(i => CallsOf(window.First + i));
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (call, cancellationToken) =>
        {
            using StringContent content = new(call, new MediaTypeHeaderValue("application/json"));
            using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 16);
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                Interlocked.Add(ref bytes, read);
            }

            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        });
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, bytes);
    }

    private static IEnumerable<string> CallsOf(long height)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"\"0x{height:x}\"");
        yield return $$"""{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":[{{number}},true]}""";
        yield return $$"""{"jsonrpc":"2.0","id":1,"method":"eth_getBlockReceipts","params":[{{number}}]}""";
        yield return $$"""{"jsonrpc":"2.0","id":1,"method":"trace_block","params":[{{number}}]}""";
    }
}
