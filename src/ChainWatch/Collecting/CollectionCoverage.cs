using System.Globalization;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Collecting;

/// <summary>Says what a collection rests on and what is missing from it.</summary>
internal sealed class CollectionCoverage(CollectSession session, TraceWindow asked, BlockWindow window)
{
    private SourceProfile Profile => session.Profile;

    /// <summary>Of a collection by blocks.</summary>
    public SourceCoverage ByBlocks()
    {
        CollectedPart[] parts = [.. session.PartsAsked.Where(p => p.Window.First <= window.Last && p.Window.Last >= window.First)];
        long read = parts.Where(p => p.Gaps.Count == 0).Sum(p => Math.Min(p.Window.Last, window.Last) - Math.Max(p.Window.First, window.First) + 1);
        List<CoverageGap> gaps = [.. parts.SelectMany(p => p.Gaps)];
        long notFetched = session.CountMissingBlocks(window);
        if (notFetched > 0)
        {
            gaps.Add(new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"blocks of the window {window.First} to {window.Last} that were not fetched"), notFetched));
        }

        return Of(Profile.ByBlocks!, read, [.. Joined(parts)], gaps, parts.SelectMany(p => p.Notes), addressesAsked: 0) with { Counts = CoverageCount.Sum(parts.SelectMany(p => p.Counts)) };
    }

    /// <summary>Of a collection by addresses; how many transfers it has is counted when they are put together.</summary>
    /// <param name="more">What the walk itself left out.</param>
    public SourceCoverage ByAddresses(IEnumerable<CoverageGap> more)
    {
        // A gap of one query stands in every part that the query made.
        IEnumerable<CoverageGap> ofParts = session.PartsAsked.SelectMany(p => p.Gaps).GroupBy(g => (g.Kind, g.Detail)).Select(g => g.MaxBy(x => x.Count)!);
        return Of(Profile.ByAddresses!, 0, [], [.. ofParts, .. more], session.PartsAsked.SelectMany(p => p.Notes), session.AddressesAsked);
    }

    private SourceCoverage Of(SourceWay way, long rows, IReadOnlyList<ReadWindow> windows, IEnumerable<CoverageGap> gaps, IEnumerable<string> notes, long addressesAsked)
    {
        List<CoverageGap> all = [.. way.Gaps, .. gaps, .. session.Gaps];
        if (Profile.FirstBlock > 0 && asked.FirstTime is null && !(asked.FirstBlock >= Profile.FirstBlock))
        {
            all.Add(new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"the endpoint serves {Profile.Chain} from block {Profile.FirstBlock} on: what was before is missing"), 1));
        }

        if (asked.LastBlock > Profile.Head.Height)
        {
            all.Add(new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"the endpoint's newest block is {Profile.Head.Height}: the blocks up to {asked.LastBlock} are missing"), 1));
        }

        return new SourceCoverage
        {
            Name = Profile.Name,
            Kind = Profile.Kind,
            Rows = rows,
            DeclaredComplete = false,
            Notes = [
                string.Create(CultureInfo.InvariantCulture, $"blocks {window.First} to {window.Last} of {Profile.Chain}, {(windows.Count > 0 ? "each read whole" : "asked about by address")}; seen: {string.Join(", ", way.Kinds)}"),
                .. way.Notes,
                .. notes.Distinct(StringComparer.Ordinal),
            ],
            Windows = windows,
            Endpoint = new EndpointRecord
            {
                Chain = Profile.Chain,
                ClientVersion = Profile.ClientVersion,
                AskedAt = Profile.AskedAt,
                HeadHeight = Profile.Head.Height,
                HeadHash = Profile.Head.Hash,
                AddressesAsked = addressesAsked,
                Capabilities = Profile.Capabilities,
            },
            Gaps = all,
        };
    }

    // Parts that follow one another are one window.
    private IEnumerable<ReadWindow> Joined(CollectedPart[] parts)
    {
        ReadWindow? open = null;
        foreach (CollectedPart part in parts.Where(p => p.Gaps.Count == 0))
        {
            ReadWindow next = new(session.Chain, part.Window.First, part.Window.Last, part.ParentHash, part.AnchorHash);
            if (open is not null && open.Last + 1 == next.First)
            {
                open = open with { Last = next.Last, LastHash = next.LastHash };
                continue;
            }

            if (open is not null)
            {
                yield return open;
            }

            open = next;
        }

        if (open is not null)
        {
            yield return open;
        }
    }
}
