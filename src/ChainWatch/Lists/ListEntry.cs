namespace ChainWatch.Lists;

/// <summary>
/// One address on one list: who says so, in what document, about whom. Authority is part of the type: a
/// <see cref="Designation"/> stands on a sanctions list, an <see cref="Attribution"/> is somebody's statement and is no
/// sanctions designation.
/// </summary>
public abstract record ListEntry
{
    /// <summary>The name of the list that holds the entry.</summary>
    public required string List { get; init; }

    /// <summary>The address. An EVM address is matched on every EVM chain; its chain here is the one it was listed for.</summary>
    public required Address Address { get; init; }

    /// <summary>
    /// The address as its issuer wrote it, where that is another writing than <see cref="Address"/>'s own (a Bitcoin Cash
    /// address in the form it shares with Bitcoin); else empty. Matched besides.
    /// </summary>
    public string ListedAs { get; init; } = "";

    /// <summary>Who names the address.</summary>
    public required Authority Authority { get; init; }

    /// <summary>The document that names it.</summary>
    public required SourceDocument Document { get; init; }

    /// <summary>To whom it is attributed: the entity's name as the authority writes it; empty where none is named.</summary>
    public string Entity { get; init; } = "";

    /// <summary>What the address was used for.</summary>
    public Role Role { get; init; }

    /// <summary>Whether the entry may start a trace: theft, holding and laundering addresses may, endpoints may not.</summary>
    public bool MaySeed { get; init; }

    /// <summary>A remark of the list's maker.</summary>
    public string Note { get; init; } = "";

    /// <summary>The entry's status on a day; null where it says nothing on that day (not yet listed or published).</summary>
    public abstract EntryStatus? StatusOn(DateOnly day);

    /// <summary>Whether the entry was in force on a day.</summary>
    public abstract Trilean InForceOn(DateOnly day);
}

/// <summary>What an entry says of an address on a day.</summary>
public enum EntryStatus
{
    /// <summary>On a sanctions list in force on that day (or possibly so, where the dates are known only within bounds).</summary>
    Designated,

    /// <summary>Once designated, no longer.</summary>
    Delisted,

    /// <summary>Named by an authority; not a sanctions designation.</summary>
    Attributed,
}
