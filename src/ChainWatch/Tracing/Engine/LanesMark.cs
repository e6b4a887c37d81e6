namespace ChainWatch.Tracing.Engine;

/// <summary>A place in the records of several lists to which they can be rolled back.</summary>
internal sealed record LanesMark(long Undo, EvidenceMark[] Evidence);
