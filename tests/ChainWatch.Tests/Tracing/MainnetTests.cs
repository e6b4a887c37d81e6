using System.Globalization;
using System.IO.Compression;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing;

/// <summary>The 19,999 real transactions of Ethereum mainnet, 2017-03-06 (Raphtory/Data).</summary>
public class MainnetTests(ITestOutputHelper output)
{
    private const int Hops = 6;

    [SkippableTheory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    public async Task EveryAddressWithinSixHopsOfTheBusiestSenderOrPayee_EqualsASearchByRounds(Direction direction)
    {
        string file = TestData.Real("transfers/ethereum_mainnet_3300000_3302204.csv.gz");
        List<(int Order, string From, string To)> rows = ReadRows(file);
        string busiest = rows.GroupBy(r => direction == Direction.Received ? r.From : r.To).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
        Dictionary<string, int> expected = HopsByRounds(rows, busiest, direction);

        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([file], declaredComplete: true));
        TraceResult result = Tracer.Trace(graph, new TraceRequest
        {
            From = [AddressList.Of("busiest", Address.Parse(busiest))],
            MaxHops = Hops,
            Direction = direction,
        });

        Dictionary<string, int> found = result.Exposures.ToDictionary(e => e.Address.ToCanonicalString(), e => e.Hops);
        found.Count.ShouldBe(expected.Count);
        found.Where(f => expected.GetValueOrDefault(f.Key, -1) != f.Value).ShouldBeEmpty();
        result.Exposures.ShouldAllBe(e => e.Path.Count == e.Hops);
        foreach (Exposure e in result.Exposures.Where(e => e.Hops > 1))
        {
            e.Path.Zip(e.Path.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From && pair.First.Position.CompareTo(pair.Second.Position) < 0);
        }

        output.WriteLine($"{direction}: {found.Count} addresses within {Hops} hops of {busiest}: {string.Join(", ", found.GroupBy(f => f.Value).OrderBy(g => g.Key).Select(g => $"{g.Key}: {g.Count()}"))}");
        found.Count.ShouldBeGreaterThan(100);
    }

    // Round k takes every transfer whose payer was reached within k-1 hops by an earlier transfer, and keeps the earliest.
    private static Dictionary<string, int> HopsByRounds(List<(int Order, string From, string To)> rows, string seed, Direction direction)
    {
        (int Order, string From, string To)[] oriented = direction == Direction.Received
            ? [.. rows]
            : [.. rows.Select(r => (-r.Order, r.To, r.From))];
        Dictionary<string, int> hops = new() { [seed] = 0 };
        Dictionary<string, int> earliest = new() { [seed] = int.MinValue };
        for (int round = 1; round <= Hops; round++)
        {
            Dictionary<string, int> next = new(earliest);
            foreach ((int order, string from, string to) in oriented)
            {
                if (from != to && earliest.TryGetValue(from, out int since) && since < order && (!next.TryGetValue(to, out int known) || order < known))
                {
                    next[to] = order;
                    hops.TryAdd(to, round);
                }
            }

            earliest = next;
        }

        return hops;
    }

    // Value-moving rows with a payee, by their rank in the chain; read without the code under test.
    private static List<(int Order, string From, string To)> ReadRows(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int Column(string name) => Array.IndexOf(header, name);
        List<(long Block, int Index, string From, string To)> rows = [];
        while (reader.ReadLine() is string line)
        {
            string[] fields = line.Split(',');
            if (fields[Column("to_address")].Length > 0 && fields[Column("value")] != "0")
            {
                rows.Add((
                    long.Parse(fields[Column("block_number")], CultureInfo.InvariantCulture),
                    int.Parse(fields[Column("transaction_index")], CultureInfo.InvariantCulture),
                    fields[Column("from_address")],
                    fields[Column("to_address")]));
            }
        }

        return [.. rows.Order().Select((r, i) => (i, r.From, r.To))];
    }
}
