using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Reporting.Html;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Browser.Tests;

/// <summary>The reports that the tests look at.</summary>
internal static class Cases
{
    public const string BybitSeed = "0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2";

    private static readonly Lazy<Task<TraceResult>> SharedBybit = new(() => TraceBybitAsync([]));

    /// <summary>The theft of 21 February 2025, five hops, every address.</summary>
    public static Task<TraceResult> BybitAsync() => SharedBybit.Value;

    public static async Task<TraceResult> TraceBybitAsync(IReadOnlyList<Address> to)
    {
        ListSet lists = ListSet.Embedded;
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Repository.PathOf("samples", "data", "bybit-2025.csv")], declaredComplete: false));
        return Tracer.Trace(graph, new TraceRequest
        {
            From = [AddressList.Of(BybitSeed.ToLowerInvariant(), Address.Parse(BybitSeed))],
            To = to,
            MaxHops = 5,
            Stops = new StopRule { Lists = lists.StopLists },
            Tokens = lists.TokenLists[0],
            Lists = lists,
        });
    }

    /// <summary>A seed that pays 130 addresses, half of which pay one more each; one of those is an exchange, and the last is watched.</summary>
    /// <param name="name">What the exchange's label says.</param>
    /// <param name="watch">Whether the last address is watched.</param>
    public static TraceResult Many(string name, bool watch = false)
    {
        TransferGraphBuilder builder = new();
        Asset ether = Asset.Native(Chain.Ethereum);
        Address exchange = Number(1_000);
        for (int i = 0; i < 130; i++)
        {
            builder.Add(At(i, Number(1), Number(2 + i), ether));
            if (i % 2 == 0)
            {
                builder.Add(At(200 + i, Number(2 + i), Number(1_000 + i), ether));
            }
        }

        builder.Add(At(500, Number(4), Number(2_000), ether));
        builder.Add(At(600, Number(2_000), Number(2_001), ether));
        for (int i = 0; i < 30; i++)
        {
            builder.Add(At(700 + i, Number(2_001), Number(3_000 + i), ether));
        }

        return Tracer.Trace(builder.Build(), new TraceRequest
        {
            From = [AddressList.Of("case 42", Number(1))],
            To = watch ? [Number(2_001)] : [],
            MaxHops = 5,
            Stops = new StopRule { Lists = [new StopList("stops", [new StopLabel(exchange, StopCategory.Exchange, name, "test")])] },
        });
    }

    public static Address Number(int number) => Address.Parse($"0x{number:x40}");

    public static byte[] Html(TraceResult result)
    {
        using MemoryStream html = new();
        HtmlReport.Write(result, html, new RunInfo { AskedOn = new DateOnly(2026, 8, 26), ToolVersion = "chainwatch 0.1.0" }, GraphLibrary.Require());
        return html.ToArray();
    }

    private static Transfer At(int block, Address from, Address to, Asset asset) => new(
        new ChainPosition(Chain.Ethereum, block, 0), from, to, asset, Amount.Parse("1500000000000000000"), TxId.Parse($"{block + 1:x64}"), DateTimeOffset.UnixEpoch.AddMinutes(block));
}
