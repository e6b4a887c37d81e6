using ChainWatch.Graph;
using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>
/// A run of a path's transfers that looks like a peel chain: one coin is spent again and again, a part is paid each time, and
/// the larger rest goes on to a fresh address. Shown as one line beside the plain number of hops, which it does not change.
/// The rule and its false positives stand in docs/bitcoin.md.
/// </summary>
/// <param name="FirstStep">The first of its transfers in the path, from 0.</param>
/// <param name="Length">How many transfers, at least <see cref="PeelLinks.LengthMin"/>.</param>
public sealed record PeelChain(int FirstStep, int Length)
{
    /// <summary>The peel chains of a path, each as long as can be.</summary>
    internal static IReadOnlyList<PeelChain> Find(ChainLog log, IReadOnlyList<(int Entry, int From, int To)> path)
    {
        List<PeelChain> chains = [];
        int start = 0;
        for (int i = 0; i <= path.Count; i++)
        {
            bool isLink = i < path.Count && IsLink(log, path[i]);
            bool goesOn = isLink && (i == start || Spends(log, path[i].Entry, path[i - 1].Entry));
            if (!goesOn)
            {
                if (i - start >= PeelLinks.LengthMin)
                {
                    chains.Add(new PeelChain(start, i - start));
                }

                start = isLink ? i : i + 1;
            }
        }

        return chains;
    }

    private static bool IsLink(ChainLog log, (int Entry, int From, int To) step) => log.Entries.MultiOf(step.Entry) is >= 0 and int multi
        && PeelLinks.IsPeel(log.MultiAt(multi).Movement, log.AddressTable[step.From], log.AddressTable[step.To]);

    // The same coin: the one input of this transaction was made by the one before.
    private static bool Spends(ChainLog log, int entry, int before)
    {
        Movement movement = log.MultiAt(log.Entries.MultiOf(entry)).Movement;
        Movement maker = log.MultiAt(log.Entries.MultiOf(before)).Movement;
        return movement.Inputs[0].OutPoint is OutPoint spent && CoinResolver.IndexOf(maker, spent) >= 0;
    }
}
