using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>How far a watcher has come on one chain.</summary>
public sealed record ChainProgress
{
    /// <summary>The chain.</summary>
    public required Chain Chain { get; init; }

    /// <summary>The newest block that was taken in; -1 before the first.</summary>
    public required long Height { get; init; }

    /// <summary>That block's time (UTC), or of the newest before it that holds a transfer; null where none is known.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The endpoint's newest block when it was last asked.</summary>
    public required BlockRef Head { get; init; }

    /// <summary>Blocks taken in since the watcher was opened, those of branches that lost included.</summary>
    public long BlocksRead { get; init; }
}
