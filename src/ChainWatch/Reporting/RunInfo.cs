namespace ChainWatch.Reporting;

/// <summary>What a report says of the run that made it. The caller gives it: the library has no clock.</summary>
public sealed record RunInfo
{
    /// <summary>The day the question was asked. Outside the hash: the same question over the same lists and transfers has the same answer on any day.</summary>
    public required DateOnly AskedOn { get; init; }

    /// <summary>The version of the tool or program that asked, as it prints it. Outside the hash.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>How long it took, where the caller measured it. Outside the hash. Written in whole milliseconds.</summary>
    public TimeSpan? TimeTaken { get; init; }
}
