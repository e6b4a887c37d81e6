using ChainWatch.Labels;

namespace ChainWatch.Notebooks;

/// <summary>An address of a flow of funds, or a ring's addresses that are drawn together.</summary>
internal sealed class FlowNode(Address? address, int hop)
{
    /// <summary>The address; null for several drawn together.</summary>
    public Address? Address => address;

    /// <summary>The least number of hops from the lists.</summary>
    public int Hop { get; set; } = hop;

    public bool IsSeed { get; set; }

    public bool IsWatched { get; set; }

    /// <summary>The label that makes it a stop, if any.</summary>
    public StopLabel? Stop { get; set; }

    /// <summary>Why the trace ends here; empty where it goes on, or where it is not known.</summary>
    public string StopReason { get; set; } = "";

    /// <summary>Whether the trace stops here by a label or by a rule, and not for want of a transfer.</summary>
    public bool IsStop => Stop is not null || StopReason is "degree" or "opaque:coinjoin";

    /// <summary>Who names it, in whose words.</summary>
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Who names it: the authorities alone.</summary>
    public IReadOnlyList<string> Authorities { get; set; } = [];

    /// <summary>On a witness path the address before; of several lists' paths that with the largest amount. Null for seeds.</summary>
    public FlowNode? Before { get; set; }

    /// <summary>The addresses before it on the witness paths of its least number of hops.</summary>
    public HashSet<FlowNode> Candidates { get; } = [];

    /// <summary>How many addresses it stands for.</summary>
    public int Count { get; set; } = 1;
}
