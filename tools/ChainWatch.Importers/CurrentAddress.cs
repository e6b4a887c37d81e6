using System.Globalization;
using System.Text.Json;
using ChainWatch.Lists;

namespace ChainWatch.Importers;

/// <summary>An address on the current SDN list.</summary>
internal sealed record CurrentAddress(string Address, string Chain, string Entity, string EntityId, DateOnly? EntityListed, IReadOnlyList<string> Programs, IReadOnlyList<string> Tickers)
{
    public static CurrentAddress Read(JsonElement element) => new(
        Text(element, "address"),
        Text(element, "chain"),
        Text(element, "entity_name"),
        element.GetProperty("entity_id").GetInt32().ToString(CultureInfo.InvariantCulture),
        DateOnly.ParseExact(Text(element, "date_listed"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Texts(element, "programs"),
        Texts(element, "ofac_tickers"));

    public static CurrentAddress Of(Designation designation) => new(
        designation.Address.ToString(), designation.Address.Chain.Name, designation.Entity, designation.EntityId, designation.EntityListed, designation.Programs, designation.Tickers);

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string[] Texts(JsonElement element, string property) => [.. element.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];
}
