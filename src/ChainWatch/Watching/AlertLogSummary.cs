namespace ChainWatch.Watching;

/// <summary>What a verified alert log holds.</summary>
/// <param name="Head">Its last line; the number says how many there are.</param>
/// <param name="Raised">Lines that raise an alert.</param>
/// <param name="Withdrawn">Lines that withdraw one.</param>
/// <param name="Notes">How many of the lines are notes.</param>
/// <param name="Standing">How many events are raised and not withdrawn.</param>
public sealed record AlertLogSummary(AlertHead Head, long Raised, long Withdrawn, long Notes, long Standing);
