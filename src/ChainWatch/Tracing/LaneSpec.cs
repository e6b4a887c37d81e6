namespace ChainWatch.Tracing;

/// <summary>A lane that is wanted.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Kept">What is written down at once, where the lane runs alone.</param>
/// <param name="Interest">The addresses whose inflows are kept; null for all that are reached.</param>
internal sealed record LaneSpec(LaneQuestion Question, KeptEvidence Kept, HashSet<int>? Interest);
