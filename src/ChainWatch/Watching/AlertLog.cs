using ChainWatch.Graph.Appending;
using ChainWatch.Labels;
using ChainWatch.Reporting;

namespace ChainWatch.Watching;

/// <summary>
/// Every alert that a watcher raised or withdrew, in a file that only grows: <c>alerts.jsonl</c> in the state folder, one line
/// each, chained by hashes. One process writes, any number read. What <see cref="Append"/> returned for is on the disk and
/// stays, whenever the process ends; what was half-written is cut off when the log is opened again.
/// </summary>
/// <remarks>
/// A chain shows that lines were edited, removed or moved. That its tail was cut, or all of it written anew, shows only in a
/// <see cref="Head"/> that is kept elsewhere. Layout in docs/formats.md. Safe for several threads.
/// </remarks>
public sealed class AlertLog : IDisposable
{
    /// <summary>The file's name in the state folder.</summary>
    public const string FileName = "alerts.jsonl";

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, AlertState> _states = [];
    private readonly WriterLock _taken;
    private readonly AlertLogFile _file;
    private readonly SymbolBook _symbols;
    private volatile AlertHead _head = AlertHead.Empty;

    private AlertLog(string folder, WriterLock taken, AlertLogFile file, TokenList tokens)
    {
        (Folder, _taken, _file, _symbols) = (folder, taken, file, new SymbolBook(tokens));
        _head = file.Load(Note);
    }

    /// <summary>The state folder.</summary>
    public string Folder { get; }

    /// <summary>The last line that is on the disk. Keep it elsewhere to be able to show that the log's tail was not cut.</summary>
    public AlertHead Head => _head;

    /// <summary>Opens the log to write; folder and file are made where they are missing.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="tokens">Whose symbols stand beside the tokens, for people; null: none.</param>
    /// <exception cref="ChainWatchException">Another process writes it, it cannot be written, or a line of it was edited, removed or moved.</exception>
    public static AlertLog Open(string folder, TokenList? tokens = null) => Open(folder, tokens ?? TokenList.Empty, new AppendOptions());

    /// <summary>Reads every line, while a writer may go on; stops at the first that is not as it was written.</summary>
    /// <exception cref="ChainWatchException">As of <see cref="AlertLogReader"/>.</exception>
    public static IEnumerable<LoggedAlert> Read(string folder)
    {
        using AlertLogReader reader = AlertLogReader.Open(folder);
        while (reader.TryRead(out LoggedAlert? alert))
        {
            yield return alert;
        }
    }

    /// <summary>Reads every line and checks that all are as they were written.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="kept">A head that was kept elsewhere: the log must hold its line. Null: none was.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChainWatchException">The first line that was edited, removed, inserted or moved, by file and line; or the tail was cut.</exception>
    public static AlertLogSummary Verify(string folder, AlertHead? kept = null, CancellationToken cancellationToken = default)
    {
        using AlertLogReader reader = AlertLogReader.Open(folder);
        return AlertLogVerifier.Verify(reader, PathIn(folder), kept, () => WriterLock.IsTaken(PathIn(folder)), cancellationToken);
    }

    /// <summary>Writes an alert down, unless its event already stands there in that state.</summary>
    /// <returns>
    /// True where it is new. False where the event's last line says the same already; and for a withdrawal of what was never
    /// raised.
    /// </returns>
    /// <exception cref="ChainWatchException">It cannot be written, as on a full disk. The log is as it was, and can be appended to when there is room.</exception>
    public bool Append(Alert alert)
    {
        AlertId.TryGetKey(alert.Id, out UInt128 key);
        lock (_lock)
        {
            bool stands = _states.TryGetValue(key, out AlertState last) && last == AlertState.Raised;
            if (stands == (alert.State == AlertState.Raised))
            {
                return false;
            }

            _file.Append(AlertLine.Write(_head, alert, _symbols, out AlertHead head));
            _states[key] = alert.State;
            _head = head;
            return true;
        }
    }

    /// <summary>What the event's last line says; null where it has none.</summary>
    /// <param name="id">An <see cref="Alert.Id"/>.</param>
    public AlertState? StateOf(string id)
    {
        lock (_lock)
        {
            return AlertId.TryGetKey(id, out UInt128 key) && _states.TryGetValue(key, out AlertState state) ? state : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _taken.Dispose();
    }

    internal static string PathIn(string folder) => Path.Combine(folder, FileName);

    internal static AlertLog Open(string folder, TokenList tokens, AppendOptions options)
    {
        string path = PathIn(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException(File.Exists(folder) ? $"{folder}: is a file; expected a folder for the state" : $"{folder}: cannot be used as the folder for the state", e);
        }

        WriterLock taken = WriterLock.Take(path);
        AlertLogFile? file = null;
        try
        {
            file = AlertLogFile.Open(path, options);
            return new AlertLog(folder, taken, file, tokens);
        }
        catch
        {
            file?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    private void Note(LoggedAlert alert)
    {
        AlertId.TryGetKey(alert.Alert.Id, out UInt128 key);
        _states[key] = alert.Alert.State;
    }
}
