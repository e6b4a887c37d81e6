using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tests.Tracing.Coins;

namespace ChainWatch.Tests.Graph.Storage;

public class AdjacencyBuilderTests
{
    [Fact]
    public void Build_RandomGraphs_EveryPaymentUnderItsPayerAndPayee()
    {
        int several = 0;
        for (int number = 0; number < 1000; number++)
        {
            ChainLog log = (number % 2 == 0 ? new RandomCase(number).Graph() : new CoinCase(number, coinJoins: number % 4 == 1).Graph()).Chains[0];
            LogIndex index = log.Adjacency(build: true)!;
            several += log.MultiCount;
            for (int address = 0; address < log.AddressTable.Length; address++)
            {
                EntriesOf(index.Forward, address).ShouldBe([.. Enumerable.Range(0, log.Entries.Length).Where(i => Sides(log, i).Payers.Contains(address))], $"case {number}, payer {address}");
                EntriesOf(index.Backward, address).ShouldBe([.. Enumerable.Range(0, log.Entries.Length).Where(i => Sides(log, i).Payees.Contains(address))], $"case {number}, payee {address}");
            }
        }

        several.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Build_ManyEntries_AnyThreads_AscendingAndWhole(int threads)
    {
        const int addresses = 20_000;
        const int count = 300_000;
        Random random = new(5);
        // A tenth of all touches one address.
        int[] sources = [.. Enumerable.Range(0, count).Select(_ => random.Next(10) == 0 ? 17 : random.Next(addresses))];
        int[] targets = [.. Enumerable.Range(0, count).Select(i => random.Next(50) == 0 ? sources[i] : random.Next(addresses))];
        LogIndex index = AdjacencyBuilder.Build(Columns(sources, targets), NoMultis, addresses, threads, default);

        ILookup<int, int> paying = Enumerable.Range(0, count).Where(i => sources[i] != targets[i]).ToLookup(i => sources[i]);
        ILookup<int, int> paid = Enumerable.Range(0, count).Where(i => sources[i] != targets[i]).ToLookup(i => targets[i]);
        for (int address = 0; address < addresses; address++)
        {
            (EntriesOf(index.Forward, address).SequenceEqual(paying[address]) && EntriesOf(index.Backward, address).SequenceEqual(paid[address])).ShouldBeTrue($"address {address}");
        }
    }

    [Fact]
    public void Build_AddressThatIsNone_IsAnError() =>
        Should.Throw<ChainWatchException>(() => AdjacencyBuilder.Build(Columns([0, 7], [1, 1]), NoMultis, 3, 2, default)).Message
            .ShouldBe("movement 1 of the log has address 7; expected one of the 3 there are");

    [Fact]
    public void PlaceOf_LongRuns_IsTheFirstThatIsNotBefore()
    {
        int[] entries = [.. Enumerable.Range(0, 10_000).Select(i => i * 3)];
        AdjacencyColumn column = new("x", NumberColumn.Of(2, sizeof(int), i => (ulong)(i * entries.Length)), NumberColumn.Of(entries.Length, sizeof(int), i => (ulong)entries[i]));
        for (int entry = 0; entry < 30_100; entry += 7)
        {
            column.PlaceOf(entry, 0, entries.Length).ShouldBe(Math.Min((entry + 2) / 3, entries.Length));
        }
    }

    private static MultiColumn NoMultis => new Story("1/0 A>B 5").Graph.Chains[0].Columns.Multis;

    private static EntryColumn Columns(int[] sources, int[] targets) => new()
    {
        Sources = NumberColumn.Of(sources.Length, sizeof(int), i => (uint)sources[i]),
        Targets = NumberColumn.Of(targets.Length, sizeof(int), i => (uint)targets[i]),
        AssetNumbers = default,
        Txs = default,
        TxKeys = default,
        Flags = default,
        Values = default,
    };

    private static int[] EntriesOf(AdjacencyColumn column, int address)
    {
        (int first, int end) = column.RangeOf(address);
        return column.At(first, end - first).ToArray();
    }

    private static (int[] Payers, int[] Payees) Sides(ChainLog log, int entry)
    {
        LogEntry e = log.Entries[entry];
        return e.Multi >= 0 ? (log.MultiAt(e.Multi).InputNumbers, log.MultiAt(e.Multi).OutputNumbers)
            : e.Source == e.Target ? ([], [])
            : ([e.Source], [e.Target]);
    }
}
