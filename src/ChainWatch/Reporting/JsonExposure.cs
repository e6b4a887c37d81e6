using System.Text.Json;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>One exposure with its whole evidence.</summary>
internal sealed class JsonExposure(Utf8JsonWriter json, TraceResult result, SymbolBook symbols)
{
    private readonly Dictionary<string, DateOnly> _asOf = result.Lists.ToDictionary(l => l.Name, l => result.Request.AsOf ?? l.List.AsOf, StringComparer.Ordinal);

    public void Write(Exposure exposure)
    {
        json.WriteStartObject();
        json.WriteString("list", exposure.List);
        json.WriteString("direction", ReportWords.Of(exposure.Direction));
        json.WriteString("address", exposure.Address.ToCaip10());
        json.WriteNumber("hops", exposure.Hops);
        // The seeds' own zero is exact whatever is missing.
        json.WriteBoolean("at_most", !exposure.IsSeed && !result.Coverage.IsComplete);
        json.WriteString("seed", exposure.Seed.ToCaip10());
        WriteSeedEntry(exposure);
        json.WriteText("seed_listing", exposure.SeedListing is ListingMoment moment ? ReportWords.Of(moment) : null);
        json.WriteText("listed_when_moved", exposure.ListedWhenMoved is Trilean listed ? ReportWords.Of(listed) : null);
        WriteArrival(exposure.Arrival);
        json.WriteText("order", exposure.Order is PathOrder order ? ReportWords.Of(order) : null);
        json.WriteString("stop_reason", exposure.StopReason);
        json.WriteLabel(exposure.Label);
        json.WriteBoolean("contract", exposure.IsContract);
        json.WriteCrossing(exposure.DegreeCrossing);
        json.WriteNumber("intermediaries", exposure.Intermediaries);
        json.WriteNumber("transactions", exposure.Transactions);
        json.WritePath(exposure.Path, symbols);
        json.WritePeelChains(exposure.PeelChains);
        json.WriteBoolean("coins_known", exposure.AreCoinsKnown);
        WriteByCoin(exposure.ByCoin);
        WriteBottleneck(exposure.Bottleneck);
        json.WriteTotals("poison_upper_bound", exposure.PoisonUpperBound, symbols);
        json.WriteNumber("inflow_count", exposure.Inflows.Count);
        WriteInflows(exposure);
        json.WriteScreening(result.Request.Lists?.Screen(exposure.Address, result.Request.AsOf));
        json.WriteEndObject();
    }

    private void WriteSeedEntry(Exposure exposure)
    {
        DateOnly day = _asOf[exposure.List];
        json.WriteStartObject("seed_entry");
        json.WriteEntry(exposure.SeedEntry, exposure.SeedEntry.StatusOn(day), exposure.SeedEntry.InForceOn(day));
        json.WriteEndObject();
    }

    private void WriteByCoin(CoinExposure? coin)
    {
        if (coin is null)
        {
            json.WriteNull("by_coin");
            return;
        }

        json.WriteStartObject("by_coin");
        json.WriteNumber("hops", coin.Hops);
        json.WriteString("seed", coin.Seed.ToCaip10());
        WriteArrival(coin.Arrival);
        json.WritePath(coin.Path, symbols);
        json.WritePeelChains(coin.PeelChains);
        json.WriteEndObject();
    }

    private void WriteArrival(Arrival? arrival)
    {
        if (arrival is null)
        {
            json.WriteNull("arrival");
            return;
        }

        json.WriteStartObject("arrival");
        json.WritePosition(arrival.Position);
        json.WriteTime("time", arrival.Time);
        json.WriteText("tx", arrival.Tx?.ToString(arrival.Position.Chain));
        json.WriteEndObject();
    }

    private void WriteBottleneck(PathStep? bottleneck)
    {
        if (bottleneck is null)
        {
            json.WriteNull("bottleneck");
            return;
        }

        json.WriteStartObject("bottleneck");
        json.WriteAsset(bottleneck.Asset, symbols);
        json.WriteString("value", bottleneck.Value.ToString());
        json.WriteEndObject();
    }

    // Where no wallet is watched the inflows of all addresses would be the data over again; their count and sums are given.
    private void WriteInflows(Exposure exposure)
    {
        if (result.Request.To.Count == 0)
        {
            json.WriteNull("inflows");
            return;
        }

        json.WriteStartArray("inflows");
        foreach (Inflow inflow in exposure.Inflows)
        {
            json.WriteStartObject();
            json.WriteNumber("hops", inflow.Hops);
            json.WriteTransfer(inflow.Transfer, symbols);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
