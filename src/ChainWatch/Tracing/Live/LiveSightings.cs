using ChainWatch.Graph;

namespace ChainWatch.Tracing.Live;

/// <summary>What concerns watched wallets in new blocks beside the paths: payments to the list, and what is not followed.</summary>
/// <param name="lane">The lane, after the blocks.</param>
/// <param name="view">The same, to describe transfers.</param>
/// <param name="watched">The watched wallets among the addresses.</param>
internal sealed class LiveSightings(SparseLane lane, LaneView view, HashSet<int> watched)
{
    private readonly LaneRules _rules = lane.Question.Rules;
    private readonly ChainLog _log = lane.Question.Rules.Log;

    /// <summary>What watched wallets paid to the list's addresses.</summary>
    public IReadOnlyList<PathStep> Payments()
    {
        List<PathStep> payments = [];
        for (int entry = 0; entry < _log.Entries.Length && watched.Count > 0 && lane.Question.Seeds.Length > 0; entry++)
        {
            foreach (int target in Payees(entry).Where(lane.Question.Seeds.Contains))
            {
                payments.AddRange(Payers(entry).Where(payer => payer != target && watched.Contains(payer))
                    .Select(payer => view.Describe(entry, payer, target, PathOrder.Proven, isFirst: true)));
            }
        }

        return payments;
    }

    /// <summary>What came to watched wallets from addresses that funds of the list had reached, and is not followed.</summary>
    public IReadOnlyList<LiveNote> Notes()
    {
        List<LiveNote> notes = [];
        for (int entry = 0; entry < _log.Entries.Length && watched.Count > 0; entry++)
        {
            LogEntry row = _log.Entries[entry];
            if (row.Multi >= 0 || !watched.Contains(row.Target) || _rules.Filter.ReasonOf(entry) is not NotFollowedReason reason
                || reason is not (NotFollowedReason.Dust or NotFollowedReason.ZeroValue or NotFollowedReason.UnrecognisedToken))
            {
                continue;
            }

            int label = lane.LeavingLabel(row.Source, _log.GroupOf(entry));
            bool isDirect = reason == NotFollowedReason.Dust && lane.Question.Designated.Contains(row.Source);
            if (label != Label.Unreached && !isDirect && Label.HopsOf(label) < _rules.MaxHops)
            {
                notes.Add(new LiveNote(view.Describe(entry, row.Source, row.Target, PathOrder.Proven, isFirst: label == Label.Seed), reason, Label.HopsOf(label) + 1));
            }
        }

        return notes;
    }

    // Of a movement with several sides, those of the targets whose value is followed, or dust.
    private int[] Payees(int entry) => _log.Entries.MultiOf(entry) is >= 0 and int multi
        ? _rules.Filter.TargetsOf(multi) is MultiTargets targets ? [.. targets.Followed, .. targets.Dust] : []
        : _rules.Filter.VerdictOf(entry) == TransferFilter.Verdict.NotFollowed ? [] : [_log.Entries[entry].Target];

    private int[] Payers(int entry) => _log.Entries.MultiOf(entry) is >= 0 and int multi ? _log.MultiAt(multi).Sources : [_log.Entries[entry].Source];
}
