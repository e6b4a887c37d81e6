using ChainWatch.Sources;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>A synthetic graph as a stream of transfers: every one a transaction of its own, as in its transfer file, without hashes.</summary>
/// <param name="graph">The graph.</param>
/// <param name="together">So many come in order; the groups of so many come in an order without a pattern.</param>
internal sealed class SyntheticTransfers(SyntheticGraph graph, int together)
{
    private static readonly Chain Chain = Chain.Ethereum;
    private static readonly Asset Ether = Asset.Native(Chain);

    // Spread as those of a chain are, which come of hashes.
    public static Address AddressOf(uint number)
    {
        ulong mixed = number * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 32)) * 0xBF58476D1CE4E5B9;
        return Address.FromWords(Chain, AddressKind.Evm, mixed, mixed * 0x94D049BB133111EB, (ulong)number << 32, 0);
    }

    public void SendTo(ITransferSink sink)
    {
        int groups = (graph.From.Length + together - 1) / together;
        uint[] order = new uint[groups];
        SplitMix random = new(5);
        for (uint i = 0; i < groups; i++)
        {
            order[i] = i;
            uint other = (uint)random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        foreach (uint group in order)
        {
            int first = (int)(group * (long)together);
            int position = 0;
            for (int i = first; i > 0 && graph.Time[i] == graph.Time[i - 1]; i--)
            {
                position++;
            }

            for (int i = first; i < Math.Min(graph.From.Length, first + (long)together); i++)
            {
                position = i == first ? position : graph.Time[i] == graph.Time[i - 1] ? position + 1 : 0;
                uint block = (graph.Time[i] - SyntheticGraph.FirstTime) / SyntheticGraph.BlockSeconds;
                sink.Add(new Transfer(
                    new ChainPosition(Chain, block, position),
                    AddressOf(graph.From[i]),
                    AddressOf(graph.To[i]),
                    Ether,
                    Amount.From((ulong)(graph.Value[i] * 1e9) + 1),
                    null,
                    DateTimeOffset.FromUnixTimeSeconds(graph.Time[i])));
            }
        }
    }
}
