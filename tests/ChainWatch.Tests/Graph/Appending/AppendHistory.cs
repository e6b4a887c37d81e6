using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tests.Tracing.Coins;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Graph.Appending;

/// <summary>
/// A small random history of Ethereum, of Bitcoin or of Bitcoin with CoinJoins, block by block, with the questions to ask of
/// it. Reproducible from its number.
/// </summary>
internal sealed class AppendHistory
{
    private readonly RandomCase? _random;
    private readonly Address[] _contracts;

    public AppendHistory(int number)
    {
        Random random = new(number);
        if (number % 2 == 0)
        {
            _random = new RandomCase(number);
            Chain = RandomCase.Chain;
            Movements = _random.Movements;
            Request = _random.Request(_random.Lists(), Direction.Both, number % 3 == 0 ? _random.Addresses : []);
            _contracts = [.. _random.Addresses.Where(_ => random.Next(3) == 0)];
        }
        else
        {
            CoinCase coins = new(number, coinJoins: number % 4 == 1);
            Chain = Chain.Bitcoin;
            Movements = coins.Told;
            Request = coins.Request with { Direction = Direction.Both, To = number % 3 == 0 ? coins.Addresses : [] };
            _contracts = [];
        }

        Blocks = [.. Movements.Select(m => m.Position.Block).Distinct().Order()];
    }

    public Chain Chain { get; }

    public IReadOnlyList<Movement> Movements { get; }

    public TraceRequest Request { get; }

    /// <summary>The heights, ascending.</summary>
    public long[] Blocks { get; }

    /// <summary>A graph of the blocks below one, from nothing.</summary>
    public TransferGraph Graph(long belowBlock)
    {
        TransferGraphBuilder builder = new();
        Send(builder, b => b < belowBlock);
        builder.Add(Source(Blocks[0], belowBlock));
        return builder.Build();
    }

    /// <summary>Sends the movements of some blocks, and which of their addresses are contracts.</summary>
    public void Send(ITransferSink sink, Func<long, bool> isWanted)
    {
        Movement[] movements = [.. Movements.Where(m => isWanted(m.Position.Block))];
        if (_random is null)
        {
            Array.ForEach(movements, m => sink.Add(m));
            return;
        }

        _random.SendTo(sink, movements);
        HashSet<Address> occurring = [.. movements.SelectMany(m => m.Inputs.Select(i => i.Owner).Concat(m.Outputs.Select(o => o.Owner))).OfType<Address>()];
        foreach (Address contract in _contracts.Where(occurring.Contains))
        {
            sink.AddContract(contract);
        }
    }

    /// <summary>One source, read window by window.</summary>
    public SourceCoverage Source(long from, long below)
    {
        long[] blocks = [.. Blocks.Where(b => b >= from && b < below)];
        return new SourceCoverage
        {
            Name = "node",
            Kind = "test",
            Windows = blocks.Length == 0 ? [] : [new ReadWindow(Chain, from, below - 1, $"block {from - 1}", $"block {below - 1}")],
        };
    }

    /// <summary>Everything that a user can see of a graph.</summary>
    public string Describe(TransferGraph graph)
    {
        using MemoryStream bytes = new();
        foreach (ChainLog log in graph.Chains)
        {
            log.WriteTransfers(bytes);
            using StreamWriter text = new(bytes, leaveOpen: true);
            text.WriteLine(string.Join(' ', log.Addresses));
            text.WriteLine(string.Join(' ', log.Addresses.Where(a => log.IsContract(log.NumberOf(a)))));
            text.WriteLine(string.Join(' ', Enumerable.Range(0, log.Addresses.Count).Select(i => log.Addresses[i])));
            text.WriteLine(string.Join(' ', log.Blocks));
        }

        TraceResult result = Tracer.Trace(graph, Request);
        Report.WriteJson(result, bytes, new RunInfo { AskedOn = new DateOnly(2026, 1, 1), ToolVersion = "test", TimeTaken = TimeSpan.Zero });
        using StringWriter writer = new();
        Report.WriteCsv(result, writer);
        foreach (Exposure exposure in result.Exposures)
        {
            writer.WriteLine($"{exposure.Address}: {string.Join("; ", exposure.Inflows.Select(i => i.Transfer))} by coin {exposure.ByCoin?.Hops} {string.Join("; ", exposure.ByCoin?.Path ?? [])}");
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray()) + writer;
    }

    public static byte[] Bytes(TransferGraph graph)
    {
        using MemoryStream stream = new();
        graph.Save(stream);
        return stream.ToArray();
    }
}
