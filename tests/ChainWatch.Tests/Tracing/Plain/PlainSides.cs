using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Plain;

/// <summary>The two sides of entries in the direction of a trace: tails are left, heads are reached.</summary>
internal sealed class PlainSides(PlainRules rules, bool reversed, bool throughOpaque)
{
    /// <summary>Who is left by what is followed.</summary>
    public ReadOnlySpan<int> Tails(int entry) => reversed ? Payees(entry, dust: false) : Payers(entry, dust: false);

    /// <summary>Who is reached by what is followed.</summary>
    public ReadOnlySpan<int> Heads(int entry) => reversed ? Payers(entry, dust: false) : Payees(entry, dust: false);

    /// <summary>Who pays what is followed, or else the dust.</summary>
    public ReadOnlySpan<int> Payers(int entry, bool dust)
    {
        int multi = rules.Log.Entries.MultiOf(entry);
        if (multi < 0)
        {
            return IsWanted(entry, dust) ? rules.Log.Entries.SourceOf(entry) : [];
        }

        return Payees(entry, dust).IsEmpty ? [] : rules.Log.MultiAt(multi).Sources;
    }

    /// <summary>Who would be left by a movement, were it followed: those of a CoinJoin that is closed, too.</summary>
    public ReadOnlySpan<int> TailsOf(int multi) => rules.Filter.TargetsOf(multi) is not { Followed: { Length: > 0 } payees } ? []
        : reversed ? payees : rules.Log.MultiAt(multi).Sources;

    /// <summary>Who gets what is followed, or else the dust.</summary>
    public ReadOnlySpan<int> Payees(int entry, bool dust)
    {
        int multi = rules.Log.Entries.MultiOf(entry);
        if (multi < 0)
        {
            return IsWanted(entry, dust) ? rules.Log.Entries.TargetOf(entry) : [];
        }

        MultiTargets? targets = rules.Filter.TargetsOf(multi);
        bool isClosed = !throughOpaque && rules.IsClosedCoinJoin(multi);
        return targets is null || isClosed ? [] : dust ? targets.Dust : targets.Followed;
    }

    private bool IsWanted(int entry, bool dust) =>
        rules.Filter.VerdictOf(entry) == (dust ? PlainFilter.Verdict.Dust : PlainFilter.Verdict.Followed);
}
