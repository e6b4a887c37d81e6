namespace ChainWatch.Tracing;

/// <summary>How much a one-pass lane writes down while it runs. What it does not, a second pass does when it is first asked for.</summary>
internal enum KeptEvidence
{
    /// <summary>Labels alone.</summary>
    Labels,

    /// <summary>Labels, and the steps by which they came.</summary>
    Steps,

    /// <summary>Steps, and what came to the addresses of interest.</summary>
    Inflows,
}
