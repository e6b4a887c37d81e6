namespace ChainWatch.Tracing;

/// <summary>What takes the groups of a chain in the order of the trace: a lane, or several that run together.</summary>
internal interface IPass
{
    /// <summary>Takes the groups from <paramref name="first"/> up to <paramref name="end"/>; for <em>sent</em> from the last to the first.</summary>
    void Append(int first, int end);
}
