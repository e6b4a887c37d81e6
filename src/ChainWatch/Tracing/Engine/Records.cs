namespace ChainWatch.Tracing.Engine;

/// <summary>One step of evidence, 8 bytes: the transfer that gave an address a label, and the step that had reached its tail.</summary>
/// <param name="Transfer">The transfer's number in the columns; for a step that the caller added, a number of the caller's.</param>
/// <param name="Previous">The number of the step before (steps are numbered from 1), or 0 where the tail is a seed.</param>
internal readonly record struct TraceStep(uint Transfer, uint Previous);

/// <summary>The ends of a step that the caller added, whose transfer is not in the columns.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Tail">The address that it left.</param>
/// <param name="Head">The address that it reached.</param>
/// <param name="Order">How the order of the step before and this one is known.</param>
internal readonly record struct AddedStep(uint Step, uint Tail, uint Head, PathOrder Order);

/// <summary>Funds of the list came to an address of interest.</summary>
/// <param name="Transfer">The transfer's number.</param>
/// <param name="Previous">The step that had reached its tail, or 0 where that is a seed.</param>
/// <param name="Label">The label that it gives or would give.</param>
internal readonly record struct InflowRecord(uint Transfer, uint Previous, byte Label);

/// <summary>What an address was before a change.</summary>
/// <param name="Address">The address.</param>
/// <param name="Step">Its step.</param>
/// <param name="Arrival">Its arrival where that is kept aside, or 0.</param>
/// <param name="Label">Its byte.</param>
/// <param name="List">The list's number, where several are traced together.</param>
internal readonly record struct UndoRecord(uint Address, uint Step, uint Arrival, byte Label, byte List);

/// <summary>A place in a lane's records to which it can be rolled back.</summary>
internal readonly record struct LaneMark(long Undo, EvidenceMark Evidence);

/// <summary>A place in the evidence of one list.</summary>
internal readonly record struct EvidenceMark(long Steps, long Inflows, int AddedSteps);
