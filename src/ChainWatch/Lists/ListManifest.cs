namespace ChainWatch.Lists;

/// <summary>What a list is, where it comes from, and what it must contain. Stands beside the list's data as <c>manifest.json</c>.</summary>
public sealed record ListManifest
{
    /// <summary>The list's name, equal to its folder's: <c>ofac-sdn</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What its data file holds.</summary>
    public required ListKind Kind { get; init; }

    /// <summary>One line for people: what the list is.</summary>
    public required string Title { get; init; }

    /// <summary>The version of this compilation, for example <c>2026-08-20.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The day as of which the list speaks.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where the facts come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How the data file was made from them.</summary>
    public required string HowMade { get; init; }

    /// <summary>The data file's name in the list's folder.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the data file's bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many rows the data file has, without the header.</summary>
    public required int Count { get; init; }

    /// <summary>Rows of the sources that were left out, each with the reason: nothing is dropped silently.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];
}

/// <summary>What a list's data file holds.</summary>
public enum ListKind
{
    /// <summary>Designations of a sanctions authority.</summary>
    Designations,

    /// <summary>Attributions.</summary>
    Attributions,

    /// <summary>Stops: services, contracts and opaque conduits.</summary>
    Stops,

    /// <summary>Tokens by contract.</summary>
    Tokens,
}
