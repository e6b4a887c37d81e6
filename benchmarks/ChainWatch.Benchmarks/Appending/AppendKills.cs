using System.Diagnostics;
using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Benchmarks.Appending;

/// <summary>
/// Kills a process that appends to a graph file, again and again, and looks at the file each time: what was committed is
/// there, nothing else is, and the next process goes on from it.
/// </summary>
public static class AppendKills
{
    private const int BlocksBefore = 3;

    /// <summary>Runs the trial.</summary>
    /// <param name="file">The file to make.</param>
    /// <param name="kills">How many kills.</param>
    /// <param name="seed">Decides when.</param>
    /// <returns>How many kills left something unfinished at the end of the file, and how many blocks it holds at the end.</returns>
    /// <exception cref="InvalidOperationException">A state was lost or damaged.</exception>
    public static (int Unfinished, long Blocks) Run(string file, int kills, ulong seed)
    {
        BlockStory story = new(AppendLoop.Transfers);
        using (FileStream output = File.Create(file))
        {
            story.Graph(BlocksBefore).Save(output);
        }

        SplitMix random = new(seed);
        long block = BlocksBefore - 1;
        int unfinished = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            List<long> told = AppendAndKill(file, seed + (ulong)kill, (int)random.Below(6), (int)random.Below(400_000));
            GraphFileInfo info = TransferGraph.Describe(file);
            unfinished += info.Unfinished > 0 ? 1 : 0;
            ChainLog log = info.Graph.Chains.Single();
            long last = log.Blocks[^1].Height;
            // The one that was committed and not told is a block more, or one that was taken back.
            long lastTold = told.Count > 0 ? told[^1] : block;
            Require(Math.Abs(last - lastTold) <= 1, $"kill {kill}: block {lastTold} was committed, and the file holds {last}");
            long from = Math.Max(0, Math.Min(Math.Min(block, last), told.Count > 0 ? told.Min() : last) - 2);
            RequireSame(story, log, kill % 100 == 99 || kill + 1 == kills ? 0 : from, kill);
            RequireCoverage(info.Graph.Coverage, last, kill);
            block = last;
        }

        using (TransferGraph.OpenForAppend(file))
        {
            // What the last one left is cut off.
        }

        TransferGraph.Verify(file);
        return (unfinished, block + 1);
    }

    private static List<long> AppendAndKill(string file, ulong seed, int after, int spins)
    {
        ProcessStartInfo start = new("dotnet", [typeof(AppendLoop).Assembly.Location, "append-loop", file, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        List<string> lines = [];
        while (lines.Count <= after && process.StandardOutput.ReadLine() is string line)
        {
            lines.Add(line);
        }

        Thread.SpinWait(spins);
        process.Kill();
        lines.AddRange(process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Require(lines is ["open", ..] && errors.Length == 0, $"the process that appends failed: {errors}");
        // The last line may be cut short: what was told whole was committed.
        return [.. lines.Skip(1).Select(l => long.Parse(l, CultureInfo.InvariantCulture))];
    }

    private static void RequireSame(BlockStory story, ChainLog log, long from, int kill)
    {
        TransferGraphBuilder builder = new();
        int first = 0;
        for (int b = 0; b < log.Blocks.Count; b++)
        {
            Require(log.Blocks[b].Height == b, $"kill {kill}: block {b} is not where it was");
            if (b < from)
            {
                first = b + 1;
            }
            else
            {
                story.Send(builder, b);
            }
        }

        ChainLog expected = builder.Build().Chains.Single();
        TransferGraphBuilder held = new();
        log.SendTo(held, log.Blocks[first].FirstGroup, log.Groups.Length);
        using MemoryStream x = new(), y = new();
        held.Build().Chains.Single().WriteTransfers(x);
        expected.WriteTransfers(y);
        Require(x.ToArray().AsSpan().SequenceEqual(y.ToArray()), $"kill {kill}: the transfers from block {first} on are not those that were appended");
    }

    private static void RequireCoverage(Coverage coverage, long last, int kill)
    {
        ChainCoverage chain = coverage.Chains.Single();
        Require(chain.LastBlock == last && chain.Movements == (last + 1) * AppendLoop.Transfers, $"kill {kill}: the coverage is not that of block {last}");
        Require(last < BlocksBefore || coverage.Sources.Single().Windows.Max(w => w.Last) == last, $"kill {kill}: the blocks that were read are not those up to {last}");
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
