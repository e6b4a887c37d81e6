namespace ChainWatch.Lists;

/// <summary>The columns that designations and attributions share.</summary>
internal static class EntryRows
{
    /// <summary>The first columns of a list of addresses.</summary>
    public static string[] Columns { get; } = ["chain", "address", "listed_as", "check", "authority_kind", "authority", "entity", "role", "may_seed"];

    /// <summary>The last columns of a list of addresses.</summary>
    public static string[] DocumentColumns { get; } = ["document", "document_date", "document_url", "issuer_text", "seen_at", "note"];

    // The issuer's own list carries an address that is not one (a slip of the issuer, or a format we do not know). It is
    // kept as the issuer wrote it: leaving it out would make the list smaller than the issuer's.
    private const string AsListed = "as-listed";

    public static string[] Write(ListEntry entry) =>
    [
        entry.Address.Chain.Name,
        entry.Address.ToString(),
        entry.ListedAs,
        Passes(entry.Address) ? "" : AsListed,
        ListWords.Authorities.Text(entry.Authority.Kind),
        entry.Authority.Name,
        entry.Entity,
        ListWords.Roles.Text(entry.Role),
        ListWords.YesNo.Text(entry.MaySeed),
    ];

    public static string[] WriteDocument(ListEntry entry) =>
    [
        entry.Document.Title,
        ListRow.DateText(entry.Document.Date),
        entry.Document.Url,
        ListWords.IssuerTexts.Text(entry.Document.Seen),
        entry.Document.SeenAt,
        entry.Note,
    ];

    public static Address Address(ListRow row)
    {
        Chain chain = row.Chain("chain");
        string check = row.Text("check");
        return check switch
        {
            "" => row.Address("address", chain),
            AsListed => ChainWatch.Address.TryParse(row.Required("address"), chain, out Address valid) ? valid : ChainWatch.Address.FromCanonicalText(chain, row.Text("address")),
            _ => throw row.Error("check", $"'{check}' is neither empty nor {AsListed}"),
        };
    }

    /// <summary>The issuer's writing of the address, which must be one of the same address.</summary>
    public static string ListedAs(ListRow row, Address address)
    {
        string text = row.Text("listed_as");
        return text.Length == 0 || (ChainWatch.Address.TryParse(text, address.Chain, out Address same) && same == address)
            ? text
            : throw row.Error("listed_as", $"'{text}' is not another writing of {address}");
    }

    public static Authority Authority(ListRow row) => new(row.Word("authority_kind", ListWords.Authorities), row.Required("authority"));

    public static SourceDocument Document(ListRow row) =>
        new(row.Text("document"), row.Date("document_date"), row.Text("document_url"), row.Word("issuer_text", ListWords.IssuerTexts), row.Text("seen_at"));

    private static bool Passes(Address address) => address.Kind != AddressKind.Text || ChainWatch.Address.TryParse(address.ToString(), address.Chain, out _);
}
