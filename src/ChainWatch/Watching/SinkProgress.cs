namespace ChainWatch.Watching;

/// <summary>One sink's place in the alert log.</summary>
internal sealed class SinkProgress : IDisposable
{
    private readonly AlertLogReader _reader;
    private LoggedAlert? _next;

    private SinkProgress(AlertLogReader reader) => _reader = reader;

    public AlertHead Accepted { get; private set; } = AlertHead.Empty;

    /// <summary>The lines that it never accepted, and that were skipped by hand.</summary>
    public IReadOnlyList<AlertHead> Skipped { get; private set; } = [];

    /// <summary>The place behind the last line that a sink accepted.</summary>
    /// <exception cref="ChainWatchException">The log does not hold that line.</exception>
    public static SinkProgress At(AlertLog log, string sink, AlertHead accepted, IReadOnlyList<AlertHead> skipped)
    {
        AlertLogReader reader = AlertLogReader.Open(log.Folder);
        try
        {
            while (reader.Head.Number < Math.Min(accepted.Number, log.Head.Number) && reader.TryRead(out _))
            {
            }

            return reader.Head == accepted
                ? new SinkProgress(reader) { Accepted = accepted, Skipped = skipped }
                : throw ChainWatchException.At(OutboxFile.PathIn(log.Folder), 0, sink, $"accepted {accepted} of {AlertLog.FileName}, which has {reader.Head} there; expected the log that the outbox belongs to: lines were removed at its end, or it was written anew");
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The line behind the last accepted one, where the log's head is not before it: what is behind the head may still be cut off.</summary>
    public LoggedAlert? Next(AlertHead head) => Accepted.Number < head.Number && _next is null && _reader.TryRead(out _next) ? _next : _next;

    public bool TryAccept(AlertHead head)
    {
        if (_next?.Head == head)
        {
            (Accepted, _next) = (head, null);
        }

        return Accepted == head;
    }

    /// <summary>Goes past the line that is next, and notes that it was not accepted.</summary>
    public void Skip(AlertHead head) => (Accepted, Skipped, _next) = (head, [.. Skipped, head], null);

    public void Dispose() => _reader.Dispose();
}
