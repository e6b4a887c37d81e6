using ChainWatch.Graph;

namespace ChainWatch.Watching;

/// <summary>Transfers that a reorganisation moved to another height than the alert log tells.</summary>
internal static class MovedTransfers
{
    /// <summary>
    /// Alerts in doubt whose transfer stands in blocks that were not seen again, below those where the log has it, hold:
    /// the branch that brought the transfer to its present height was seen whole at the time.
    /// </summary>
    /// <param name="book">The alerts.</param>
    /// <param name="log">The chain.</param>
    /// <param name="seenAgain">The lowest block that was seen again.</param>
    public static void RestoreIn(AlertBook book, ChainLog log, long seenAgain)
    {
        ILookup<TxId, Alert> sought = book.Doubtful.Where(d => d.Cause is null && d.Alert.Path[^1].Tx is not null).ToLookup(d => d.Alert.Path[^1].Tx!.Value, d => d.Alert);
        if (sought.Count == 0)
        {
            return;
        }

        int end = LogSlice.FirstGroupFrom(log, seenAgain);
        int first = LogSlice.FirstGroupFrom(log, seenAgain - Tracing.Live.LiveTrace.DepthMax);
        for (int entry = first < end ? log.Groups.StartOf(first) : 0; first < end && entry < log.EndOf(end - 1); entry++)
        {
            foreach (Alert alert in log.TxOf(entry) is TxId tx ? sought[tx] : [])
            {
                book.Restore(alert.Id);
            }
        }
    }
}
