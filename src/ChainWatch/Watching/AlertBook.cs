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

    /// <summary>Whether an alert is new: not written down, and for a note the first of its source and day.</summary>
    public bool IsNew(Alert alert) => !_standing.ContainsKey(alert.Id) && !(alert.IsNote && _noted.ContainsKey(NoteKey(alert)));

    /// <summary>Writes an alert down. False where it stands already.</summary>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public bool Raise(Alert alert)
    {
        _doubtful.Remove(alert.Id);
        if (!IsNew(alert))
        {
            return false;
        }

        bool isWritten = log.Append(alert);
        _standing[alert.Id] = alert;
        Note(alert, 1);
        return isWritten;
    }

    /// <summary>Says that an event still happened, though it may be told in other words now.</summary>
    public void Keep(string id) => _doubtful.Remove(id);

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
            Alert gone = alert with { State = AlertState.Withdrawn, Confirmations = 0 };
            if (log.Append(gone))
            {
                withdrawn.Add(gone);
            }

            _doubtful.Remove(alert.Id);
            _standing.Remove(alert.Id);
            Note(alert, -1);
        }

        return withdrawn;
    }

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
