using System.Globalization;

namespace ChainWatch.Watching;

/// <summary>Reads an alert log whole.</summary>
internal static class AlertLogVerifier
{
    /// <param name="reader">The log, before its first line.</param>
    /// <param name="path">The log, for messages.</param>
    /// <param name="kept">A head that it must hold, or null.</param>
    /// <param name="isWriting">Whether a process writes it: then a piece of a line at its end is no fault.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static AlertLogSummary Verify(AlertLogReader reader, string path, AlertHead? kept, Func<bool> isWriting, CancellationToken cancellationToken)
    {
        (long raised, long notes) = (0, 0);
        HashSet<UInt128> standing = [];
        while (reader.TryRead(out LoggedAlert? alert))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireKept(alert.Head, path, kept);
            notes += alert.Alert.IsNote ? 1 : 0;
            AlertId.TryGetKey(alert.Alert.Id, out UInt128 key);
            bool isRaised = alert.Alert.State == AlertState.Raised;
            raised += isRaised ? 1 : 0;
            if (!(isRaised ? standing.Add(key) : standing.Remove(key)))
            {
                throw ChainWatchException.At(path, alert.Number, "state", isRaised
                    ? $"the event {alert.Alert.Id} is raised a second time; expected once"
                    : $"the event {alert.Alert.Id} is withdrawn and was not raised before; expected the line that raised it");
            }
        }

        if (reader.Unfinished is > 0 and long unfinished && !isWriting())
        {
            throw ChainWatchException.At(path, reader.Head.Number + 1, null, string.Create(CultureInfo.InvariantCulture, $"the last {unfinished} bytes are no whole line; a stopped writer leaves such a piece, and the next start cuts it off; expected lines that end with LF"));
        }

        return kept is not null && kept.Number > reader.Head.Number
            ? throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{path}: ends with line {reader.Head.Number}; expected line {kept.Number} too, whose head was kept: lines were removed at the end"))
            : new AlertLogSummary(reader.Head, raised, reader.Head.Number - raised, notes, standing.Count);
    }

    private static void RequireKept(AlertHead head, string path, AlertHead? kept)
    {
        if (kept is not null && head.Number == kept.Number && head != kept)
        {
            throw ChainWatchException.At(path, head.Number, null, $"the line is not the one whose head was kept: its SHA-256 is {head.Sha256}, expected {kept.Sha256}; the log was written anew");
        }
    }
}
