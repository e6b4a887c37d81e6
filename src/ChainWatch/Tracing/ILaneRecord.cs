namespace ChainWatch.Tracing;

/// <summary>What a lane wrote down: the labels of all addresses, how they came to them, and what was met on the way.</summary>
internal interface ILaneRecord
{
    LaneQuestion Question { get; }

    /// <summary>Whether an address was reached.</summary>
    bool IsReached(int address);

    /// <summary>The addresses that were reached, ascending.</summary>
    IEnumerable<int> Reached();

    /// <summary>How many addresses were reached here and not there.</summary>
    long CountBeyond(ILaneRecord nearer);

    /// <summary>How many hops a reached address is from the list.</summary>
    int HopsOf(int address);

    /// <summary>What is known of an address.</summary>
    LabelState StateOf(int address);

    /// <summary>Whether funds went on from an address, within the hops asked for.</summary>
    bool IsTracedOn(int address);

    /// <summary>A step of the evidence.</summary>
    EvidenceStep StepAt(int step);

    /// <summary>What came to the addresses of interest, in the order of the trace.</summary>
    IEnumerable<InflowEvent> Inflows();

    /// <summary>The CoinJoins that funds of the list entered (for <em>sent</em>: that funds towards it left), in the order of the trace.</summary>
    IReadOnlyList<CoinJoinEvent> CoinJoins { get; }

    /// <summary>The movements in which funds of the list reached outputs without an address, which are not followed.</summary>
    IReadOnlyList<NoAddressEvent> NoAddress { get; }
}
