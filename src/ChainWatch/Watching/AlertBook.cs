namespace ChainWatch.Watching;

/// <summary>
/// The alerts of one chain that stand, beside the log: what came is written down once, what went is withdrawn when the chain
/// has caught up without bringing it again. Only those of the newest blocks are kept whole.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="chain">The chain.</param>
/// <param name="judge">What is watched by now.</param>
internal sealed class AlertBook(AlertLog log, Chain chain, AlertJudge judge)
{
    // More blocks than can be taken back.
    private const int BlocksKept = 2 * Tracing.Live.LiveTrace.DepthMax;
    private readonly NearestTold _told = new();
    private readonly DayNotes _notes = new();
    private readonly Dictionary<string, Alert> _recent = [];
    private readonly Dictionary<string, Doubt> _doubtful = [];
    private long _newest;
    private long _pruned;

    /// <summary>Reads what the log holds of the chain; what the lists and rules of now contradict is in doubt.</summary>
    public void Load()
    {
        Dictionary<string, Doubt> contradicted = [];
        foreach (Alert alert in AlertLog.Read(log.Folder).Select(l => l.Alert).Where(a => a.Wallet.Chain == chain))
        {
            if (alert.State == AlertState.Withdrawn)
            {
                contradicted.Remove(alert.Id);
                Forget(alert);
                continue;
            }

            Remember(alert);
            if (judge.Against(alert) is WithdrawalCause cause)
            {
                contradicted[alert.Id] = new Doubt(alert, cause);
            }
        }

        foreach (Doubt doubt in contradicted.Values)
        {
            PutInDoubt(doubt);
        }
    }

    /// <summary>What stands in doubt, and why; null: it is to be found out.</summary>
    public IReadOnlyList<Doubt> Doubtful =>
        [.. _doubtful.Values.OrderBy(d => HeightOf(d.Alert)).ThenBy(d => d.Alert.Id, StringComparer.Ordinal)];

    /// <summary>The wallets that something was told of in the newest blocks: should those go, it goes with them, whoever is watched by then.</summary>
    public IEnumerable<Address> RecentWallets => _recent.Values.Select(a => a.Wallet);

    /// <summary>The fewest hops that a wallet was told to be from a list; null where nothing stands.</summary>
    public int? NearestTo(string list, Tracing.Direction direction, Address wallet) => _told.HopsOf(list, direction, wallet);

    /// <summary>Whether an alert is to be written down: it does not stand, or stood with other evidence; for a note it is the first of its source and day.</summary>
    public bool IsNew(Alert alert) => log.StateOf(alert.Id) == AlertState.Raised ? IsOutdated(alert) : !(alert.IsNote && _notes.Has(alert));

    /// <summary>Writes an alert down; one of the same event with other evidence is withdrawn before.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public IReadOnlyList<Alert> Raise(Alert alert)
    {
        List<Alert> written = [];
        if (IsOutdated(alert))
        {
            Doubt doubt = _doubtful[alert.Id];
            bool isInSameBlock = doubt.Alert.Block == alert.Block;
            written.AddRange(Withdraw(doubt, doubt.Cause ?? (isInSameBlock ? WithdrawalCause.RulesChanged : WithdrawalCause.Reorganised)));
        }

        if (IsNew(alert))
        {
            if (log.Append(alert))
            {
                written.Add(alert);
            }

            Remember(alert);
        }

        return written;
    }

    /// <summary>Withdraws what is in doubt.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public IReadOnlyList<Alert> Withdraw(Doubt doubt, WithdrawalCause cause)
    {
        Alert gone = judge.Withdraw(doubt.Alert, cause);
        bool isNew = log.Append(gone);
        _doubtful.Remove(gone.Id);
        _recent.Remove(gone.Id);
        _notes.Remove(gone);
        return isNew ? [gone] : [];
    }

    /// <summary>Says that an event was seen again, or for the first time.</summary>
    public void See(Alert alert)
    {
        if (!IsOutdated(alert))
        {
            Restore(alert.Id);
            if (_recent.TryGetValue(alert.Id, out Alert? told))
            {
                // Another branch may hold it at another height.
                _recent[alert.Id] = told with { Path = alert.Path };
            }
        }
    }

    /// <summary>Says that a wallet's being within reach over a transfer was seen again: what history told of it, for whatever reason, holds where the path is the same.</summary>
    public void SeeOfHistory(Alert alert)
    {
        if (_doubtful.Values.Any(d => IsOfHistory(d.Alert, alert)))
        {
            foreach (AlertReason reason in Enum.GetValues<AlertReason>())
            {
                string id = (alert with { Reason = reason }).Id;
                if (_doubtful.TryGetValue(id, out Doubt? doubt) && doubt.Alert.IsRetroactive && IsSameEvidence(doubt.Alert, alert))
                {
                    Restore(id);
                }
            }
        }
    }

    /// <summary>
    /// Whether history told of a wallet when it was asked, later than an event and no less near: the event was part of what it
    /// looked at.
    /// </summary>
    public bool HoldsOfHistory(Alert alert) => !alert.IsNote && log.StateOf(alert.Id) != AlertState.Raised
        && _recent.Values.Any(a => IsOfHistory(a, alert) && a.Hops <= alert.Hops && HeightOf(a) >= HeightOf(alert));

    /// <summary>Says that an alert in doubt holds after all.</summary>
    public void Restore(string id)
    {
        if (_doubtful.Remove(id, out Doubt? doubt))
        {
            _told.Add(doubt.Alert);
        }
    }

    /// <summary>The wallets that history told of, by transfers from a height on.</summary>
    public IEnumerable<Address> OfHistory(long height) => _recent.Values.Where(a => a.IsRetroactive && HeightOf(a) >= height).Select(a => a.Wallet);

    /// <summary>Says that the blocks from a height on are gone, or are to be seen again.</summary>
    /// <param name="height">The height.</param>
    /// <param name="cause">Why what does not come again would be withdrawn; null: it is to be found out.</param>
    public void PutInDoubt(long height, WithdrawalCause? cause)
    {
        foreach (Alert alert in _recent.Values.Where(a => HeightOf(a) >= height && !_doubtful.ContainsKey(a.Id) && judge.IsTraced(a)).ToArray())
        {
            PutInDoubt(new Doubt(alert, cause));
        }
    }

    private void PutInDoubt(Doubt doubt)
    {
        _doubtful.Add(doubt.Alert.Id, doubt);
        _told.Remove(doubt.Alert);
    }

    private void Remember(Alert alert)
    {
        _told.Add(alert);
        if (alert.IsNote)
        {
            _notes.Add(alert);
        }

        _recent[alert.Id] = alert;
        _newest = Math.Max(_newest, HeightOf(alert));
        if (_newest - _pruned > BlocksKept)
        {
            _pruned = _newest;
            foreach (Alert old in _recent.Values.Where(a => HeightOf(a) < _newest - BlocksKept).ToArray())
            {
                _recent.Remove(old.Id);
            }
        }
    }

    private void Forget(Alert alert)
    {
        _told.Remove(alert);
        _notes.Remove(alert);
        _recent.Remove(alert.Id);
    }

    private static bool IsOfHistory(Alert told, Alert alert) =>
        told.IsRetroactive && told.Wallet == alert.Wallet && told.Direction == alert.Direction && told.List == alert.List;

    private static long HeightOf(Alert alert) => alert.Path[^1].Position.Block;

    // The event has its name from its last transfer: by another way the funds may have come there, too.
    private bool IsOutdated(Alert alert) => _doubtful.TryGetValue(alert.Id, out Doubt? doubt) && !IsSameEvidence(doubt.Alert, alert);

    private static bool IsSameEvidence(Alert told, Alert alert) =>
        told.Hops == alert.Hops && told.Path.Select(s => (s.From, s.Tx)).SequenceEqual(alert.Path.Select(s => (s.From, s.Tx)));

    /// <summary>An alert that may have to be withdrawn.</summary>
    /// <param name="Alert">The alert.</param>
    /// <param name="Cause">Why; null: it is to be found out.</param>
    internal sealed record Doubt(Alert Alert, WithdrawalCause? Cause);
}
