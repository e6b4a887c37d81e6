using System.Globalization;
using ChainWatch.Bitcoin.Proofs;
using ChainWatch.Bundling;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Bundles;

/// <summary>Which transactions of Bitcoin an answer's paths rest on, and the files that prove them.</summary>
internal static class ProofFiles
{
    private const string Folder = "proofs/";

    /// <summary>The steps on paths, by coin and by address, and on leads, and the inflows that are reported: by place on the chain.</summary>
    public static IReadOnlyDictionary<ChainPosition, PathStep[]> StepsOf(TraceResult result)
    {
        IEnumerable<PathStep> steps = result.Exposures.SelectMany(e => e.Path.Concat(e.ByCoin?.Path ?? []))
            .Concat(result.Findings.SelectMany(f => f.Lead?.Path ?? []));
        if (result.Request.To.Count > 0)
        {
            steps = steps.Concat(result.Exposures.SelectMany(e => e.Inflows).Select(i => i.Transfer));
        }

        return steps.Where(s => s.Position is { Chain.IsBitcoin: true, Index: not null })
            .GroupBy(s => s.Position).OrderBy(g => g.Key.Block).ThenBy(g => g.Key.Index)
            .ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>Whether raw blocks are at hand where a bundle of this source is made.</summary>
    public static bool AreMadeOf(BundleSource source) => source is BundleSource.Bitcoin or BundleSource.BitcoinBlocks;

    /// <summary>The file with a transaction's proof.</summary>
    public static string NameOf(ChainPosition position) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{position.Block}-{position.Index}.json");

    /// <summary>The file with the headers that lead from the first proved block of a window to the window's last.</summary>
    public static string NameOf(ReadWindow window) => string.Create(CultureInfo.InvariantCulture, $"{Folder}headers-to-{window.Last}.bin");

    /// <summary>The windows with proved blocks, each with the lowest one.</summary>
    public static IEnumerable<(ReadWindow Window, long First)> WindowsOf(TraceResult result, IEnumerable<ChainPosition> places) =>
        result.Coverage.Sources.SelectMany(s => s.Windows).Distinct()
            .Select(w => (Window: w, Blocks: places.Select(p => p.Block).Where(b => b >= w.First && b <= w.Last).ToArray()))
            .Where(w => w.Blocks.Length > 0)
            .Select(w => (w.Window, w.Blocks.Min()));

    /// <summary>Makes the files.</summary>
    public static async Task<IReadOnlyList<BundleFile>> MakeAsync(TraceResult result, IRawBlocks blocks, CancellationToken cancellationToken)
    {
        List<BundleFile> files = [];
        ChainPosition[] places = [.. StepsOf(result).Keys];
        foreach (IGrouping<long, ChainPosition> block in places.GroupBy(p => p.Block))
        {
            byte[] bytes = await blocks.ReadBlockAsync(block.Key, cancellationToken).ConfigureAwait(false);
            foreach (TransactionProof proof in TransactionProof.Of(bytes, block.Key, [.. block.Select(p => p.Index!.Value)]))
            {
                files.Add(BundleFile.Of(NameOf(block.First() with { Index = proof.Index }), ProofJson.Write(proof)));
            }
        }

        foreach ((ReadWindow window, long first) in WindowsOf(result, places))
        {
            using MemoryStream headers = new();
            for (long height = first; height <= window.Last; height++)
            {
                headers.Write(await blocks.ReadHeaderAsync(height, cancellationToken).ConfigureAwait(false));
            }

            files.Add(BundleFile.Of(NameOf(window), headers.ToArray()));
        }

        return files;
    }
}
