namespace ChainWatch.Lists;

/// <summary>What the maker of a list says of it. The rest of its manifest (kind, file, SHA-256, count) follows from the data.</summary>
public sealed record ListDescription
{
    /// <summary>The list's name, equal to its folder's: <c>ofac-sdn</c>. Lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people: what the list is.</summary>
    public required string Title { get; init; }

    /// <summary>The version of this compilation, for example <c>2026-08-20.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The day as of which the list speaks.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where the facts come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How the data was made from them.</summary>
    public required string HowMade { get; init; }

    /// <summary>Rows of the sources that were left out, each with the reason: nothing is dropped silently.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];
}
