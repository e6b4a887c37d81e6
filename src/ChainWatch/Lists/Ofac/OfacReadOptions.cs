namespace ChainWatch.Lists.Ofac;

/// <summary>How a publication of the SDN List is read.</summary>
public sealed record OfacReadOptions
{
    /// <summary>The defaults: the date from the file, no comments file, unknown assets refused.</summary>
    public static OfacReadOptions Default { get; } = new();

    /// <summary>
    /// The day of publication. SDN.CSV does not tell it, so it must be given there; where the file tells it, the two must agree.
    /// </summary>
    public DateOnly? PublicationDate { get; init; }

    /// <summary>
    /// SDN_COMMENTS.CSV of the same day, which holds what SDN.CSV cut off its remarks; null where it is not at hand. Only
    /// SDN.CSV has one. Without it the list is not whole: a party of many addresses is read up to the cut, a problem says
    /// so for each, and an address that a later version shows there has no date at which it was surely not yet listed.
    /// </summary>
    public string? CommentsFile { get; init; }

    /// <summary>
    /// Whether an address of an asset that this version does not know is carried unchecked, on the chain
    /// <c>ofac:TICKER</c> (lower case). Default: it is an error that names the asset, since an unchecked address matches
    /// only when written exactly alike.
    /// </summary>
    public bool AllowUnknownAsset { get; init; }

    /// <summary>
    /// Whether an address that fails its chain's checks is carried as OFAC writes it and reported. Default: it is an error,
    /// since most likely the file is damaged; OFAC's own slips that are known to this version are carried in any case.
    /// </summary>
    public bool AllowFailedCheck { get; init; }
}
