namespace ChainWatch.Lists;

/// <summary>
/// A statement by somebody that an address belongs to a person or an incident. Not a sanctions designation, whoever
/// makes it: an address in an FBI notice is not thereby on OFAC's list.
/// </summary>
public sealed record Attribution : ListEntry
{
    /// <summary>The incident, for example "Bybit 2025-02-21"; empty where none is named.</summary>
    public string Incident { get; init; } = "";

    /// <summary>From when the statement counts: the document's date, else the list's own as-of date.</summary>
    public required DateOnly StatedOn { get; init; }

    /// <summary>The day of the statement; null where its document has no date, and <see cref="StatedOn"/> is the list's.</summary>
    public DateOnly? DatedOn => Document.Date is null ? null : StatedOn;

    /// <inheritdoc/>
    public override Trilean InForceOn(DateOnly day) => StatedOn <= day ? Trilean.Yes : Trilean.No;

    /// <inheritdoc/>
    public override EntryStatus? StatusOn(DateOnly day) => StatedOn <= day ? EntryStatus.Attributed : null;
}
