namespace ChainWatch.Watching;

/// <summary>An alert as it stands in the log.</summary>
/// <param name="Head">Its line: the number, and the hash that stands for it and all before.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Json">The alert's JSON, byte for byte as in the log, without the line around it.</param>
public sealed record LoggedAlert(AlertHead Head, Alert Alert, ReadOnlyMemory<byte> Json)
{
    /// <summary>The line's number, from 1.</summary>
    public long Number => Head.Number;
}
