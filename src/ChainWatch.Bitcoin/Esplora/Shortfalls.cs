using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>What is missing from an answer: each kind of thing once, with how often and a first instance.</summary>
internal sealed class Shortfalls
{
    private readonly List<(GapKind Kind, string What, string? First, long Count)> _all = [];

    /// <summary>Whether asking again may settle it.</summary>
    public bool MaySettle { get; private set; }

    public IEnumerable<CoverageGap> Gaps => _all.Select(g => new CoverageGap(g.Kind, g.First is null ? g.What : $"{g.What}, such as {g.First}", g.Count));

    public bool IsEmpty => _all.Count == 0;

    /// <summary>Takes one more.</summary>
    /// <param name="kind">The kind of gap.</param>
    /// <param name="what">What it is, the same for all of its kind.</param>
    /// <param name="instance">Which one; null where it is one by itself.</param>
    /// <param name="maySettle">Whether asking again may settle it.</param>
    public void Add(GapKind kind, string what, TxId? instance = null, bool maySettle = true)
    {
        MaySettle |= maySettle;
        int at = _all.FindIndex(g => g.Kind == kind && g.What == what);
        if (at < 0)
        {
            _all.Add((kind, what, instance?.ToString(), 1));
        }
        else
        {
            _all[at] = _all[at] with { Count = _all[at].Count + 1 };
        }
    }
}
