using ChainWatch.Console.Arguments;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Sources;

/// <summary>Every source of the wallets, with what the lists at hand say of it.</summary>
internal sealed class SourcesAnswer
{
    public SourcesAnswer(TraceResult result)
    {
        Result = result;
        Names = new KnownNames(result.Request);
        BeyondLists = ListReach.Beyond(result.Request);
        Sources = [.. result.Exposures.Where(e => !e.IsSeed).Select(e => new Source(e, Names.MatchesOf(e.Address)))];
    }

    public TraceResult Result { get; }

    public KnownNames Names { get; }

    /// <summary>By wallet, hops, chain and address.</summary>
    public IReadOnlyList<Source> Sources { get; }

    /// <summary>The lists that end before the day asked, one sentence each day.</summary>
    public IReadOnlyList<string> BeyondLists { get; }

    /// <summary>Whether nothing is missing: no gap, lists up to the day asked, and nothing further behind opaque stops.</summary>
    public bool IsComplete => Result.IsComplete && BeyondLists.Count == 0;
}

/// <summary>An address whose funds reached a wallet.</summary>
internal sealed record Source(Exposure Exposure, IReadOnlyList<ScreeningMatch> Matches)
{
    /// <summary>Whether a list names it, in force.</summary>
    public bool IsListed => Matches.Any(match => match.Status != EntryStatus.Delisted);
}
