namespace ChainWatch.Tracing;

/// <summary>How well the order of a path's transfers is known: that of its weakest pair of neighbours.</summary>
public enum PathOrder
{
    /// <summary>Every transfer stands at a later position than the one before.</summary>
    Proven,

    /// <summary>Some neighbours are of one transaction, which is atomic and claims no inner order.</summary>
    SameTransaction,

    /// <summary>Some neighbours are of one block whose order the source does not tell.</summary>
    Assumed,
}
