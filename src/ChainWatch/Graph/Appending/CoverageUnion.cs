using ChainWatch.Sources;

namespace ChainWatch.Graph.Appending;

/// <summary>
/// What a graph rests on when something is appended or taken back. A source that is read again and again stays one source, so
/// that what is written with every append does not grow with their number.
/// </summary>
internal static class CoverageUnion
{
    /// <summary>The sources of both; those that are one source read twice are joined.</summary>
    public static IReadOnlyList<SourceCoverage> Of(IReadOnlyList<SourceCoverage> before, IReadOnlyList<SourceCoverage> appended)
    {
        List<SourceCoverage> all = [.. before];
        foreach (SourceCoverage source in appended)
        {
            int same = all.FindIndex(s => IsSame(s, source));
            if (same < 0)
            {
                all.Add(source);
            }
            else
            {
                all[same] = Join(all[same], source);
            }
        }

        return all;
    }

    /// <summary>The gaps of both. Those of one kind are one, counted where things are counted and not files.</summary>
    public static CoverageGap[] Of(IEnumerable<CoverageGap> before, IEnumerable<CoverageGap> appended) => [.. before
        .Concat(appended)
        .GroupBy(g => (g.Kind, g.Detail))
        .Select(g => new CoverageGap(g.Key.Kind, g.Key.Detail, g.Key.Kind == GapKind.NotDeclaredComplete ? 1 : g.Sum(x => x.Count)))];

    /// <summary>The sources when the blocks of a chain from one on are taken back: what was read above counts no more.</summary>
    /// <param name="sources">They.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="fromBlock">The lowest block that is taken back.</param>
    /// <param name="lastHash">The hash of the block before it; empty where it is not known.</param>
    public static IReadOnlyList<SourceCoverage> TakeBack(IReadOnlyList<SourceCoverage> sources, Chain chain, long fromBlock, string lastHash) => [.. sources.Select(source => source with
    {
        Windows = [.. source.Windows
            .Where(w => w.Chain != chain || w.First < fromBlock)
            .Select(w => w.Chain != chain || w.Last < fromBlock ? w : w with { Last = fromBlock - 1, LastHash = lastHash })],
        Endpoint = source.Endpoint is EndpointRecord endpoint && endpoint.Chain == chain && endpoint.HeadHeight >= fromBlock
            ? endpoint with { HeadHeight = fromBlock - 1, HeadHash = lastHash }
            : source.Endpoint,
    })];

    private static bool IsSame(SourceCoverage x, SourceCoverage y) =>
        x.Name == y.Name && x.Kind == y.Kind && x.Sha256 == y.Sha256 && x.DeclaredComplete == y.DeclaredComplete && x.Endpoint?.Chain == y.Endpoint?.Chain;

    private static SourceCoverage Join(SourceCoverage before, SourceCoverage after) => before with
    {
        Rows = before.Rows + after.Rows,
        DuplicateRows = before.DuplicateRows + after.DuplicateRows,
        Notes = [.. before.Notes.Union(after.Notes, StringComparer.Ordinal)],
        Counts = CoverageCount.Sum(before.Counts.Concat(after.Counts)),
        Windows = Join(before.Windows, after.Windows),
        Gaps = Of(before.Gaps, after.Gaps),
        Endpoint = before.Endpoint is EndpointRecord known && after.Endpoint is EndpointRecord asked ? Join(known, asked) : before.Endpoint,
    };

    private static EndpointRecord Join(EndpointRecord before, EndpointRecord after) => after with
    {
        ClientVersion = after.ClientVersion ?? before.ClientVersion,
        AskedAt = before.AskedAt < after.AskedAt ? before.AskedAt : after.AskedAt,
        AddressesAsked = before.AddressesAsked + after.AddressesAsked,
        Capabilities = [.. before.Capabilities.Union(after.Capabilities, StringComparer.Ordinal)],
    };

    private static List<ReadWindow> Join(IReadOnlyList<ReadWindow> before, IReadOnlyList<ReadWindow> after)
    {
        List<ReadWindow> joined = [.. before];
        foreach (ReadWindow window in after)
        {
            int last = joined.FindLastIndex(w => w.Chain == window.Chain);
            if (last >= 0 && joined[last].Last + 1 == window.First && joined[last].LastHash == window.ParentHash)
            {
                joined[last] = joined[last] with { Last = window.Last, LastHash = window.LastHash };
            }
            else
            {
                joined.Add(window);
            }
        }

        return joined;
    }
}
