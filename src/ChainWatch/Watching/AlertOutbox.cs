namespace ChainWatch.Watching;

/// <summary>
/// How far each sink has come in the alert log: <c>outbox.json</c> in the state folder, replaced whole each time. Whoever
/// holds the log holds it. A sink that is not in it gets the log from its first line.
/// </summary>
/// <remarks>
/// What a sink accepted and the outbox has written down is never offered again. A kill between the two offers it once more:
/// a receiver tells it by the line's number. Safe for several threads; each sink has one.
/// </remarks>
public sealed class AlertOutbox : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AlertLog _log;
    private readonly SortedDictionary<string, SinkProgress> _sinks = new(StringComparer.Ordinal);

    private AlertOutbox(AlertLog log) => _log = log;

    /// <summary>Opens the outbox of a log.</summary>
    /// <exception cref="ChainWatchException">It cannot be read, is damaged, or a sink accepted what the log does not hold.</exception>
    public static AlertOutbox Open(AlertLog log)
    {
        AlertOutbox outbox = new(log);
        try
        {
            foreach ((string sink, AlertHead accepted, IReadOnlyList<AlertHead> skipped) in OutboxFile.Read(OutboxFile.PathIn(log.Folder)))
            {
                outbox._sinks[sink] = SinkProgress.At(log, sink, accepted, skipped);
            }

            return outbox;
        }
        catch
        {
            outbox.Dispose();
            throw;
        }
    }

    /// <summary>The last line that a sink accepted.</summary>
    public AlertHead AcceptedBy(string sink)
    {
        lock (_lock)
        {
            return _sinks.TryGetValue(sink, out SinkProgress? progress) ? progress.Accepted : AlertHead.Empty;
        }
    }

    /// <summary>The first alert that a sink has not accepted; null where it has all that are in the log now.</summary>
    /// <exception cref="ChainWatchException">The log cannot be read, or a sink that is new cannot be written down.</exception>
    public LoggedAlert? Next(string sink)
    {
        lock (_lock)
        {
            if (!_sinks.TryGetValue(sink, out SinkProgress? progress))
            {
                // It stands in the outbox from now on: whoever looks for a sink finds its name.
                _sinks[sink] = progress = SinkProgress.At(_log, sink, AlertHead.Empty, []);
                Write();
            }

            return progress.Next(_log.Head);
        }
    }

    /// <summary>Takes down that a sink accepted the alert that <see cref="Next"/> gave. For one that was taken down before: writes it again.</summary>
    /// <exception cref="ChainWatchException">It cannot be written. This outbox knows it all the same; call again to have it written.</exception>
    /// <exception cref="ArgumentException">It is not the one.</exception>
    public void Accept(string sink, LoggedAlert alert)
    {
        lock (_lock)
        {
            if (!_sinks.TryGetValue(sink, out SinkProgress? progress) || !progress.TryAccept(alert.Head))
            {
                throw new ArgumentException($"expected the alert that is next for the sink '{sink}'", nameof(alert));
            }

            Write();
        }
    }

    /// <summary>The lines that a sink never accepted, and that were skipped.</summary>
    public IReadOnlyList<AlertHead> SkippedBy(string sink)
    {
        lock (_lock)
        {
            return _sinks.TryGetValue(sink, out SinkProgress? progress) ? progress.Skipped : [];
        }
    }

    /// <summary>
    /// Goes past an alert that a sink refuses for good: it is not sent there again, what follows is, and the outbox keeps that it was
    /// skipped. For people to decide, never for a program.
    /// </summary>
    /// <param name="sink">The sink's name.</param>
    /// <param name="number">The alert's line in the log: the first that the sink has not accepted, and no other.</param>
    /// <returns>What was skipped.</returns>
    /// <exception cref="ChainWatchException">There is no such sink, the line is not the one, or the outbox cannot be written; then nothing is skipped.</exception>
    public LoggedAlert Skip(string sink, long number)
    {
        lock (_lock)
        {
            string path = OutboxFile.PathIn(_log.Folder);
            if (!_sinks.TryGetValue(sink, out SinkProgress? progress))
            {
                throw new ChainWatchException($"{path}: no sink '{sink}'; expected {(_sinks.Count == 0 ? "one that alerts were offered to, and there is none" : $"one of '{string.Join("', '", _sinks.Keys)}'")}");
            }

            LoggedAlert next = progress.Next(_log.Head) ?? throw new ChainWatchException($"{path}: {sink}: has accepted every line of {AlertLog.FileName}: there is none to skip");
            if (next.Number != number)
            {
                throw new ChainWatchException($"{path}: {sink}: line {number}; expected {next.Number}, the first that it has not accepted");
            }

            OutboxFile.Write(path, _sinks.Select(s => s.Value == progress ? (s.Key, next.Head, [.. progress.Skipped, next.Head]) : (s.Key, s.Value.Accepted, s.Value.Skipped)));
            progress.Skip(next.Head);
            return next;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SinkProgress progress in _sinks.Values)
        {
            progress.Dispose();
        }
    }

    private void Write() => OutboxFile.Write(OutboxFile.PathIn(_log.Folder), _sinks.Select(s => (s.Key, s.Value.Accepted, s.Value.Skipped)));
}
