using System.Globalization;
using ChainWatch.Benchmarks;
using ChainWatch.Benchmarks.Appending;
using ChainWatch.Benchmarks.Bitcoin;
using ChainWatch.Benchmarks.Engine;
using ChainWatch.Benchmarks.Ethereum;
using ChainWatch.Benchmarks.Watching;

const string usage = """
    usage: ChainWatch.Benchmarks generate --addresses N --transfers N --output DIR [--binaries | --binaries-only]
           ChainWatch.Benchmarks frontier DIR --hops N
           ChainWatch.Benchmarks trace DIR --hops N
           ChainWatch.Benchmarks kernels DIR --hops N [--repeats R] (DIR with binaries)
           ChainWatch.Benchmarks index DIR (DIR with binaries; makes graph.cwg in it)
           ChainWatch.Benchmarks screen
           ChainWatch.Benchmarks decode
           ChainWatch.Benchmarks parse FILE (one Bitcoin block as serialized)
           ChainWatch.Benchmarks blocks [--blocks N] [--transactions N] [--concurrency N]
           ChainWatch.Benchmarks peers --data DIR --sizes 1M,10M,100M [--only NAME,...] [--up-to SIZE] [--output FILE.md]
           ChainWatch.Benchmarks intern [--addresses N] [--lookups M]
           ChainWatch.Benchmarks sort --rows N
           ChainWatch.Benchmarks append [--built BLOCKS] [--blocks N] (300 transfers each)
           ChainWatch.Benchmarks append-kills N (kills a process that appends, and looks at its file)
           ChainWatch.Benchmarks append-loop FILE SEED (appends until it is killed)
           ChainWatch.Benchmarks build [--rows N] [--memory SIZE] [--shuffled] (SIZE such as 2GB)
           ChainWatch.Benchmarks csv --rows N
           ChainWatch.Benchmarks watch DIR (with seeds.bin and graph.cwg, which index makes)
           ChainWatch.Benchmarks replay [--blocks N] [--wallets N] (a day of 7,200, and 10,000 wallets, unless told)
           ChainWatch.Benchmarks latency [--blocks N] (a real node; 200 unless told)
    """;

switch (args)
{
    case ["generate", "--addresses", string addresses, "--transfers", string transfers, "--output", string folder, .. string[] more]
        when int.TryParse(addresses, out int n) && int.TryParse(transfers, out int e) && more is [] or ["--binaries"] or ["--binaries-only"]:
        SyntheticGraph graph = SyntheticGraph.Make(n, e);
        if (more is not ["--binaries-only"])
        {
            GraphFiles.Write(graph, folder);
        }

        if (more.Length > 0)
        {
            GraphFiles.WriteBinaries(graph, folder);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{n} addresses, {e} transfers, {graph.Seeds.Length} seeds"));
        return 0;

    case ["frontier", string folder, "--hops", string hopsText] when int.TryParse(hopsText, out int hops) && hops >= 0:
        OrderedTransfers read = OrderedTransfers.Read(Path.Combine(folder, "transfers.csv"));
        int[] seeds = [.. File.ReadLines(Path.Combine(folder, "seeds.txt")).Select(read.NumberOf)];
        int[] counts = FrontierSearch.CountByHops(read.Addresses, [.. read.From], [.. read.To], seeds, hops);
        Console.WriteLine("hops,addresses");
        for (int h = 0; h < counts.Length; h++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{h},{counts[h]}"));
        }

        return 0;

    case ["trace", string folder, "--hops", string hopsText] when int.TryParse(hopsText, out int hops) && hops is >= 1 and <= 100:
        await TraceBenchmark.RunAsync(folder, hops, Console.Out);
        return 0;

    case ["kernels", string folder, .. string[] options] when KernelBenchmark.TryRead(options, out int hops, out int repeats):
        KernelBenchmark.Run(folder, hops, repeats, Console.Out);
        return 0;

    case ["index", string folder]:
        IndexBenchmark.Run(folder, Console.Out);
        return 0;

    case ["screen"]:
        ScreenBenchmark.Run(Console.Out);
        return 0;

    case ["decode"]:
        DecodeBenchmark.Run(Console.Out);
        return 0;

    case ["parse", string block]:
        ParseBenchmark.Run(block, Console.Out);
        return 0;

    case ["blocks", .. string[] options] when BlocksBenchmark.TryRead(options, out int blocks, out int transactionsPerBlock, out int concurrency):
        await BlocksBenchmark.RunAsync(blocks, transactionsPerBlock, concurrency, Console.Out);
        return 0;

    case ["peers", .. string[] options] when PeersOptions.TryRead(options, out PeersOptions peers):
        return PeersBenchmark.Run(peers, Console.Out, Console.Error) ? 0 : 1;

    case ["intern", .. string[] options] when InternBenchmark.TryRead(options, out int addressCount, out int lookups):
        InternBenchmark.Run(addressCount, lookups, Console.Out);
        return 0;

    case ["build", .. string[] options] when BuildBenchmark.TryRead(options, out int buildRows, out long? memory, out bool isShuffled):
        BuildBenchmark.Run(buildRows, memory, isShuffled, Console.Out);
        return 0;

    case ["csv", "--rows", string csvRowsText] when int.TryParse(csvRowsText, out int csvRows) && csvRows >= 100_000:
        CsvBenchmark.Run(csvRows, Console.Out);
        return 0;

    case ["sort", "--rows", string rowsText] when int.TryParse(rowsText, out int rows) && rows > 0:
        RunSorterBenchmark.Run(rows, Console.Out);
        return 0;

    case ["append", .. string[] options] when options is [] || (options is ["--built", _, "--blocks", _] && options.Where((_, i) => i % 2 == 1).All(o => int.TryParse(o, out int n) && n > 0)):
        AppendBenchmark.Run(options is [] ? 3_000 : int.Parse(options[1], CultureInfo.InvariantCulture), options is [] ? 3_000 : int.Parse(options[3], CultureInfo.InvariantCulture), Console.Out);
        return 0;

    case ["append-kills", string killsText] when int.TryParse(killsText, out int kills) && kills > 0:
        string killed = Path.Combine(Directory.CreateTempSubdirectory("chainwatch-kills-").FullName, "killed.cwg");
        (int unfinished, long held) = AppendKills.Run(killed, kills, seed: 1);
        Directory.Delete(Path.GetDirectoryName(killed)!, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills, {unfinished} of them left something unfinished at the end of the file; {held} blocks at the end; no state lost or damaged"));
        return 0;

    case ["watch", string watched]:
        WatchBenchmark.Run(watched, Console.Out);
        return 0;

    case ["replay", .. string[] options] when ReplayBenchmark.TryRead(options, out int replayed, out int wallets):
        await ReplayBenchmark.RunAsync(replayed, wallets, Console.Out);
        return 0;

    case ["latency", .. string[] options] when options is [] || (options is ["--blocks", string n] && int.TryParse(n, out int some) && some > 0):
        await LatencyBenchmark.RunAsync(options is [] ? 200 : int.Parse(options[1], CultureInfo.InvariantCulture), Console.Out);
        return 0;

    case ["append-loop", string appended, string seedText] when ulong.TryParse(seedText, out ulong seed):
        AppendLoop.Run(appended, seed, Console.Out);
        return 0;

    default:
        Console.Error.WriteLine(usage);
        return 1;
}
