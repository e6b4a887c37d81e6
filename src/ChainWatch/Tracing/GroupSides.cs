using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>The two sides of entries in the direction of a trace: tails are left, heads are reached.</summary>
internal sealed class GroupSides(LaneRules rules, bool reversed, bool throughOpaque)
{
    /// <summary>Who is left by what is followed.</summary>
    public ReadOnlySpan<int> Tails(int entry) => reversed ? Payees(entry, dust: false) : Payers(entry, dust: false);

    /// <summary>Who is reached by what is followed.</summary>
    public ReadOnlySpan<int> Heads(int entry) => reversed ? Payers(entry, dust: false) : Payees(entry, dust: false);

    /// <summary>Who pays what is followed, or else the dust.</summary>
    public ReadOnlySpan<int> Payers(int entry, bool dust)
    {
        ref readonly LogEntry e = ref rules.Log.Entries[entry];
        if (e.Multi < 0)
        {
            return IsWanted(entry, dust) ? new ReadOnlySpan<int>(in e.Source) : [];
        }

        return Payees(entry, dust).IsEmpty ? [] : rules.Log.Multis[e.Multi].Sources;
    }

    /// <summary>Who would be left by a movement, were it followed: those of a CoinJoin that is closed, too.</summary>
    public ReadOnlySpan<int> TailsOf(int multi) => rules.Filter.Targets[multi] is not { Followed: { Length: > 0 } payees } ? []
        : reversed ? payees : rules.Log.Multis[multi].Sources;

    /// <summary>Who gets what is followed, or else the dust.</summary>
    public ReadOnlySpan<int> Payees(int entry, bool dust)
    {
        ref readonly LogEntry e = ref rules.Log.Entries[entry];
        if (e.Multi < 0)
        {
            return IsWanted(entry, dust) ? new ReadOnlySpan<int>(in e.Target) : [];
        }

        MultiTargets? targets = rules.Filter.Targets[e.Multi];
        bool isClosed = !throughOpaque && rules.IsClosedCoinJoin(e.Multi);
        return targets is null || isClosed ? [] : dust ? targets.Dust : targets.Followed;
    }

    private bool IsWanted(int entry, bool dust) =>
        rules.Filter.Plain[entry] == (dust ? TransferFilter.Verdict.Dust : TransferFilter.Verdict.Followed);
}
