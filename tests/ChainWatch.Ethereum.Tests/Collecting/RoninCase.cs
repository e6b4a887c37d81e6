using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;

namespace ChainWatch.Ethereum.Tests.Collecting;

/// <summary>The question about the re-enacted theft: from the listed address, within 4 hops, with the stops as labelled.</summary>
internal sealed class RoninCase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-").FullName;
    private readonly RoninReenactment _play;
    private readonly StopList _stops;

    public RoninCase(RoninReenactment play)
    {
        _play = play;
        File.WriteAllText(this["stops.csv"], play.StopsCsv);
        _stops = LabelFile.Read(this["stops.csv"]);
    }

    public string this[string file] => Path.Combine(_folder, file);

    public TraceRequest Ask(params Address[] wallets) => new()
    {
        From = [ListSet.Embedded["ofac-sdn"].Entity("Lazarus Group")],
        To = wallets,
        MaxHops = 4,
        Stops = new StopRule { Lists = [_stops, .. ListSet.Embedded.StopLists] },
        Tokens = ListSet.Embedded.TokenLists[0],
        Lists = ListSet.Embedded,
        Window = new TraceWindow(FirstBlock: _play.FirstBlock),
    };

    public static async Task<TraceResult> AnswerAsync(IChainSource source, CollectWay way, TraceRequest request, string? state = null)
    {
        TransferGraph graph = await new Collector(source, new CollectOptions { Way = way, StateFolder = state }).CollectAsync(request);
        return Tracer.Trace(graph, request);
    }

    /// <summary>Every reached address with its hops, as the play knows them.</summary>
    public static string Hops(IEnumerable<KeyValuePair<Address, int>> hops) => string.Join('\n', hops.Select(h => $"{h.Value} {h.Key}").Order(StringComparer.Ordinal));

    public static string Hops(TraceResult result) => Hops(result.Exposures.Where(e => e.Hops > 0 || e.Address.ToString().StartsWith("0x098B", StringComparison.Ordinal)).Select(e => KeyValuePair.Create(e.Address, e.Hops)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
