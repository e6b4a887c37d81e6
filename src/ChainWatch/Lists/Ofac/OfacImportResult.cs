namespace ChainWatch.Lists.Ofac;

/// <summary>A new version of the list, and how it differs from the one before.</summary>
public sealed record OfacImportResult
{
    /// <summary>The new version: every address of the publication, and the history of those that went off, with the manifest that it is written with.</summary>
    public required AddressList List { get; init; }

    /// <summary>What the list says of itself, ready for its manifest.</summary>
    public required ListDescription Description { get; init; }

    /// <summary>Addresses that came on, those that had been on before among them.</summary>
    public required IReadOnlyList<Designation> CameOn { get; init; }

    /// <summary>Addresses that went off.</summary>
    public required IReadOnlyList<Designation> WentOff { get; init; }

    /// <summary>
    /// Addresses that the publication does not show and that stay on the list, because the text on their party is cut
    /// there: that they are not seen does not mean that they are gone.
    /// </summary>
    public required IReadOnlyList<Designation> Unconfirmed { get; init; }

    /// <summary>What could not be read of the publication.</summary>
    public required IReadOnlyList<OfacProblem> Problems { get; init; }
}
