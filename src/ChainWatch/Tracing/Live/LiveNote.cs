namespace ChainWatch.Tracing.Live;

/// <summary>A transfer to a watched wallet from an address that funds of the list had reached, which is not followed.</summary>
/// <param name="Path">From the list's address over the steps of the evidence to the transfer itself, in chain order.</param>
/// <param name="Reason">Why it is not followed.</param>
/// <param name="Hops">How many hops from the list the wallet would be over it.</param>
internal sealed record LiveNote(IReadOnlyList<PathStep> Path, NotFollowedReason Reason, int Hops)
{
    /// <summary>The transfer.</summary>
    public PathStep Transfer => Path[^1];
}
