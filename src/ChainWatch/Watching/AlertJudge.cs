using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>
/// Tells of an alert that was raised whether what is watched by now still concerns it, and contradicts it. Labels and lists are
/// looked at; whether every transfer would be followed is not: that shows when its block is seen again.
/// </summary>
internal sealed class AlertJudge
{
    private readonly WatchedWallets _wallets;
    private readonly int _maxHops;
    private readonly Dictionary<string, TracedList> _lists;
    private readonly Dictionary<Address, StopLabel> _labels;

    /// <param name="request">What is watched for.</param>
    /// <param name="wallets">The wallets that are.</param>
    public AlertJudge(TraceRequest request, WatchedWallets wallets)
    {
        (_wallets, _maxHops, _labels) = (wallets, request.MaxHops, request.Stops.Labels());
        _lists = request.From.Select(l => new TracedList(l, request.AsOf, [])).ToDictionary(l => l.Name, StringComparer.Ordinal);
    }

    /// <summary>Whether the blocks tell of it, when they are seen again: its list is traced.</summary>
    public bool IsTraced(Alert alert) => _lists.ContainsKey(alert.List);

    /// <summary>Whether its wallet and its list are watched.</summary>
    public bool IsWatched(Alert alert) => _wallets.Contains(alert.Wallet) && IsTraced(alert);

    /// <summary>
    /// Why an alert cannot stand; null: it can, or its list is not traced any more, and what was told stays as it was told. A wallet
    /// that is watched no more is corrected all the same: it may be watched again.
    /// </summary>
    public WithdrawalCause? Against(Alert alert)
    {
        if (!IsTraced(alert))
        {
            return null;
        }

        Address listed = alert.Direction == Direction.Received ? alert.Path[0].From : alert.Path[^1].To;
        return !_lists[alert.List].IsSeed(listed) ? WithdrawalCause.ListChanged
            : alert.Hops > _maxHops || alert.Path.Skip(1).Any(step => _labels.ContainsKey(step.From)) ? WithdrawalCause.RulesChanged
            : null;
    }

    /// <summary>The withdrawal of an alert; where the list changed, it names the version that is watched by now.</summary>
    public Alert Withdraw(Alert alert, WithdrawalCause cause)
    {
        Alert withdrawn = alert with { State = AlertState.Withdrawn, Cause = cause, Confirmations = 0 };
        return cause == WithdrawalCause.ListChanged ? AlertRules.By(_lists[alert.List], withdrawn) : withdrawn;
    }
}
