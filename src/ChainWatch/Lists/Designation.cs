namespace ChainWatch.Lists;

/// <summary>
/// An address on a sanctions list. The interval is the <em>address's</em> own; the entity was often designated years
/// before (the entity of 0x098B…2f96 on 2019-09-13, the address on 2022-04-14).
/// </summary>
public sealed record Designation : ListEntry
{
    /// <summary>The list's own id of the entity (OFAC: the SDN uid); empty where not known.</summary>
    public string EntityId { get; init; } = "";

    /// <summary>When the entity was designated. Never used for the address.</summary>
    public DateOnly? EntityListed { get; init; }

    /// <summary>Sanctions programs, for example DPRK3.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The assets for which the address was listed, by the list's own tickers (XBT, ETH, …).</summary>
    public IReadOnlyList<string> Tickers { get; init; } = [];

    /// <summary>When the address came on the list.</summary>
    public DateBounds CameOn { get; init; }

    /// <summary>When the address went off the list; null while it is on.</summary>
    public DateBounds? WentOff { get; init; }

    /// <inheritdoc/>
    public override Trilean InForceOn(DateOnly day)
    {
        Trilean on = CameOn.HappenedBy(day);
        // On the day an address goes off, it is off.
        Trilean off = WentOff?.HappenedBy(day) ?? Trilean.No;
        return on == Trilean.No || off == Trilean.Yes ? Trilean.No
            : on == Trilean.Yes && off == Trilean.No ? Trilean.Yes
            : Trilean.Unknown;
    }

    /// <inheritdoc/>
    public override EntryStatus? StatusOn(DateOnly day) => InForceOn(day) switch
    {
        Trilean.No when WentOff?.HappenedBy(day) == Trilean.Yes => EntryStatus.Delisted,
        Trilean.No => null,
        _ => EntryStatus.Designated,
    };
}
