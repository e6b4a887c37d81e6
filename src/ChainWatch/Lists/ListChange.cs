namespace ChainWatch.Lists;

/// <summary>An entry that two versions of a list both have, and what differs.</summary>
/// <param name="Before">The entry in the older list.</param>
/// <param name="After">The entry in the newer list.</param>
/// <param name="Fields">What differs, by the column names of <c>addresses.csv</c> (an interval without its ending: <c>came_on</c>); not empty.</param>
public sealed record ListChange(ListEntry Before, ListEntry After, IReadOnlyList<string> Fields)
{
    /// <summary>Whether the address went off the list between the two.</summary>
    public bool WentOff => Before is Designation { WentOff: null } && After is Designation { WentOff: not null };
}
