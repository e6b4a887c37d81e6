using System.Globalization;
using System.Runtime.InteropServices;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>
/// The alerts that stand, by the blocks that brought them, beside the log: what came is written down once, what went is
/// withdrawn when the chain has caught up without bringing it again.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="chain">The chain.</param>
internal sealed class AlertBook(AlertLog log, Chain chain)
{
    private readonly Dictionary<string, Alert> _standing = [];
    private readonly Dictionary<string, string> _noted = [];
    private readonly Dictionary<string, Alert> _doubtful = [];
    private readonly Dictionary<(string List, Address Wallet), int> _told = [];

    /// <summary>Reads what the log holds of the chain.</summary>
    public void Load()
    {
        foreach (LoggedAlert logged in AlertLog.Read(log.Folder).Where(a => a.Alert.Wallet.Chain == chain))
        {
            if (logged.Alert.State == AlertState.Raised)
            {
                _standing[logged.Alert.Id] = logged.Alert;
            }
            else
            {
                _standing.Remove(logged.Alert.Id);
            }
        }

        foreach (Alert alert in _standing.Values)
        {
            Note(alert, 1);
        }
    }

    /// <summary>Whether a wallet's coming within reach of a list stands already.</summary>
    public bool IsTold(string list, Address wallet) => _told.GetValueOrDefault((list, wallet)) > 0;

    /// <summary>Whether an alert is to be written down: it does not stand, or stood with other evidence; for a note it is the first of its source and day.</summary>
    public bool IsNew(Alert alert) => _standing.ContainsKey(alert.Id) ? IsOutdated(alert) : !(alert.IsNote && _noted.ContainsKey(NoteKey(alert)));

    /// <summary>Writes an alert down; one of the same event with other evidence is withdrawn before.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public IReadOnlyList<Alert> Raise(Alert alert)
    {
        List<Alert> written = [];
        if (IsOutdated(alert))
        {
            Withdraw(_standing[alert.Id], written);
        }

        if (IsNew(alert))
        {
            if (log.Append(alert))
            {
                written.Add(alert);
            }

            _standing[alert.Id] = alert;
            Note(alert, 1);
        }

        return written;
    }

    /// <summary>Says that an event was seen again.</summary>
    public void See(Alert alert)
    {
        if (!IsOutdated(alert))
        {
            _doubtful.Remove(alert.Id);
            if (_standing.TryGetValue(alert.Id, out Alert? told))
            {
                // Another branch may hold it at another height.
                _standing[alert.Id] = told with { Path = alert.Path };
            }
        }
    }

    /// <summary>Says that a transfer which brought a wallet within reach was seen again: what history told of it holds.</summary>
    public void SeeFirst(string id)
    {
        if (_doubtful.TryGetValue(id, out Alert? told) && told.IsRetroactive)
        {
            _doubtful.Remove(id);
        }
    }

    /// <summary>Says that the blocks from a height on are gone, or are to be seen again.</summary>
    public void Doubt(long height)
    {
        foreach (Alert alert in _standing.Values.Where(a => a.Path[^1].Position.Block >= height))
        {
            _doubtful[alert.Id] = alert;
        }
    }

    /// <summary>Withdraws what went and did not come again; to be called when the chain has caught up.</summary>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public IReadOnlyList<Alert> Settle()
    {
        List<Alert> withdrawn = [];
        foreach (Alert alert in _doubtful.Values.OrderBy(a => a.Path[^1].Position.Block).ThenBy(a => a.Id, StringComparer.Ordinal).ToArray())
        {
            Withdraw(alert, withdrawn);
        }

        return withdrawn;
    }

    private void Withdraw(Alert alert, List<Alert> written)
    {
        Alert gone = alert with { State = AlertState.Withdrawn, Confirmations = 0 };
        if (log.Append(gone))
        {
            written.Add(gone);
        }

        _doubtful.Remove(alert.Id);
        _standing.Remove(alert.Id);
        Note(alert, -1);
    }

    // The event has its name from its last transfer: on another branch the funds may have come there by another way.
    private bool IsOutdated(Alert alert) => _doubtful.TryGetValue(alert.Id, out Alert? told) && !told.IsRetroactive
        && (told.Hops != alert.Hops || !told.Path.Select(s => (s.From, s.Tx)).SequenceEqual(alert.Path.Select(s => (s.From, s.Tx))));

    private void Note(Alert alert, int change)
    {
        if (alert.IsNote && change > 0)
        {
            _noted[NoteKey(alert)] = alert.Id;
        }
        else if (alert.IsNote)
        {
            _noted.Remove(NoteKey(alert));
        }
        else if (alert.Direction == Direction.Received)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_told, (alert.List, alert.Wallet), out _) += change;
        }
    }

    // One note for a source and day, however many of its transfers come.
    private static string NoteKey(Alert alert)
    {
        PathStep transfer = alert.Path[^1];
        DateTimeOffset time = transfer.Time ?? DateTimeOffset.UnixEpoch;
        return string.Create(CultureInfo.InvariantCulture, $"{alert.List} {transfer.From} {time.UtcDateTime:yyyy-MM-dd}");
    }
}
