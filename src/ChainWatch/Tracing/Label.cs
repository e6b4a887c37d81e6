namespace ChainWatch.Tracing;

/// <summary>
/// How near an address is, as one number in which smaller is better: hops, then dust, then order
/// (<c>hops * 8 + dust * 4 + order</c>). Order is that of the path so far.
/// </summary>
internal static class Label
{
    public const int Unreached = int.MaxValue;
    public const int Seed = 0;
    public const int OneHop = 8;
    private const int DustBit = 4;

    /// <summary>A direct dust receipt: one hop, worse than any followed path of one hop.</summary>
    public const int DirectDust = OneHop + DustBit;

    public static int HopsOf(int label) => label / OneHop;

    public static bool IsDust(int label) => label != Unreached && (label & DustBit) != 0;

    public static PathOrder OrderOf(int label) => (PathOrder)(label & 3);

    /// <summary>Whether the number of hops (or dust giving way to a followed path) improves, whatever the order.</summary>
    public static bool IsNearer(int label, int than) => label / DustBit < than / DustBit;

    /// <summary>The label with its order worsened to at least that of one more pair of neighbours.</summary>
    public static int Weaken(int label, PathOrder step) => (int)step > (label & 3) ? (label & ~3) | (int)step : label;
}

/// <summary>What a lane knows of one address.</summary>
internal struct LabelState
{
    /// <summary>The best label so far: what is reported.</summary>
    public int Reach;

    /// <summary>The best label with which the address may be left at a later position; unreached at stops.</summary>
    public int Through;

    /// <summary>The witness of <see cref="Reach"/>, a number in the evidence; -1 for seeds.</summary>
    public int ReachStep;

    /// <summary>The witness of <see cref="Through"/>.</summary>
    public int ThroughStep;

    /// <summary>The first arrival at the hops of <see cref="Reach"/>, whatever its order.</summary>
    public int ArrivalStep;

    /// <summary>Funds went on from here, within the hops asked for.</summary>
    public bool TracedOn;

    /// <summary>Funds went into a CoinJoin from here.</summary>
    public bool IntoCoinJoin;

    public static LabelState Start => new() { Reach = Label.Unreached, Through = Label.Unreached, ReachStep = -1, ThroughStep = -1, ArrivalStep = -1 };
}

/// <summary>One step of evidence: the transfer that gave an address a label, and the step before it.</summary>
/// <param name="Entry">The log's entry.</param>
/// <param name="Tail">The address it came from, in the direction of the trace.</param>
/// <param name="Head">The address it reached.</param>
/// <param name="Previous">The step that had reached <paramref name="Tail"/>, or -1 where that is a seed.</param>
/// <param name="Order">How the order of the step before and this one is known.</param>
internal readonly record struct EvidenceStep(int Entry, int Tail, int Head, int Previous, PathOrder Order);

/// <summary>A CoinJoin that funds of the list entered; for <em>sent</em>, that funds on the way to it left.</summary>
/// <param name="Entry">The log's entry.</param>
/// <param name="Tail">The nearest address on that side.</param>
/// <param name="Label">The label with which it is left.</param>
/// <param name="Tails">All addresses on that side that funds of the list had reached.</param>
internal sealed record CoinJoinEvent(int Entry, int Tail, int Label, int[] Tails);

/// <summary>A movement in which funds of the list reached outputs without an address (for <em>sent</em>: came from them).</summary>
/// <param name="Entry">The log's entry.</param>
/// <param name="Hops">How many hops from the list those outputs are.</param>
internal readonly record struct NoAddressEvent(int Entry, int Hops);

/// <summary>A transfer that brought funds of the list to an address of interest.</summary>
/// <param name="Entry">The log's entry.</param>
/// <param name="Tail">The best address it came from.</param>
/// <param name="Head">The address it reached.</param>
/// <param name="Previous">The step that had reached <paramref name="Tail"/>, or -1 where that is a seed.</param>
/// <param name="Label">The label that it would give.</param>
internal readonly record struct InflowEvent(int Entry, int Tail, int Head, int Previous, int Label);
