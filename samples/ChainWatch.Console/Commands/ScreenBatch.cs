using System.Globalization;
using System.Security.Cryptography;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Screen;
using ChainWatch.Sources;

namespace ChainWatch.Console.Commands;

/// <summary>Screens addresses one at a time, as many as there are, in memory that does not grow with them.</summary>
internal sealed class ScreenBatch(Terminal terminal, ScreenRun run, string format, CancellationToken cancellationToken)
{
    // Some seconds of work, so that saving costs nothing beside it.
    private const long RowsPerSave = 100_000;

    /// <summary>Screens addresses that were given.</summary>
    /// <returns>Whether any has a match in force.</returns>
    public bool Screen(IReadOnlyCollection<ScreenedAddress> addresses, OutputFile output) => Screen(addresses, addresses.Count, output);

    /// <summary>Screens a file of addresses. Of one that can be read twice nothing is answered before all of it is known to be well formed.</summary>
    public bool Screen(string path, OutputFile output)
    {
        long? count = IsReadableTwice(path) ? Count(path) : null;
        return Screen(Read(path), count, output);
    }

    /// <summary>Screens a file of addresses from where an earlier run of the same command ended.</summary>
    /// <exception cref="ChainWatchException">The file can be read only once, or what is kept is of another question.</exception>
    public bool GoOn(string path, string target)
    {
        if (File.Exists(path) && !IsReadableTwice(path))
        {
            throw ChainWatchException.At(path, 0, null, "cannot be read twice; expected a file for --resume");
        }

        long count = Count(path);
        using BatchFile batch = BatchFile.Open(RealPath.Of(target), Question(path), path);
        if (batch.Rows > 0)
        {
            terminal.Messages.WriteLine($"going on behind {Words.Number(batch.Rows)} of {Words.Count(count, "address", "addresses")}");
        }

        bool isInForce = batch.Mark;
        BatchProgress.Run(terminal, "screening", count, batch.Rows, tell =>
        {
            using IScreenWriter writer = Writer(batch.Stream, goesOn: batch.Rows > 0);
            long rows = batch.Rows;
            foreach (ScreenedAddress address in Read(path).Skip(checked((int)rows)))
            {
                writer.Write(address);
                isInForce |= address.Screening.IsInForce;
                tell();
                if (++rows % RowsPerSave == 0 || cancellationToken.IsCancellationRequested)
                {
                    writer.Flush();
                    batch.Save(rows, isInForce);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            writer.Finish();
            return rows;
        });
        batch.Complete();
        return isInForce;
    }

    /// <summary>All that the rows of a file depend on.</summary>
    public string Question(string path)
    {
        using FileStream file = File.OpenRead(path);
        string lists = string.Join(' ', run.Lists.AddressLists.Select(l => $"{l.Name} {l.Manifest?.Version} {l.Manifest?.Sha256}"));
        string day = run.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "own";
        return $"{ToolVersion.Program} screen {format} {day} {Convert.ToHexStringLower(SHA256.HashData(file))} {lists}";
    }

    private bool Screen(IEnumerable<ScreenedAddress> addresses, long? count, OutputFile output)
    {
        bool isInForce = false;
        output.Write(stream => BatchProgress.Run(terminal, output.IsStdout ? null : "screening", count, 0, tell =>
        {
            using IScreenWriter writer = Writer(stream, goesOn: false, output.IsStdout);
            foreach (ScreenedAddress address in addresses)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Write(address);
                isInForce |= address.Screening.IsInForce;
                tell();
            }

            writer.Finish();
            return 0;
        }));
        return isInForce;
    }

    private IScreenWriter Writer(Stream stream, bool goesOn, bool isTerminal = false) => format switch
    {
        "csv" => new ScreenCsv(stream, goesOn),
        "jsonl" => new ScreenLines(stream),
        "json" => new ScreenJson(stream, run),
        _ => new ScreenText(stream, isTerminal ? terminal.Width : Terminal.DefaultWidth, isTerminal && terminal.Colour, run),
    };

    private IEnumerable<ScreenedAddress> Read(string path) =>
        AddressFile.Read(path, asListed: run.Lists.FindAsListed).Select(row => new ScreenedAddress(run.Lists.Screen(row.Address, run.AsOf), row.Ref ?? ""));

    private long Count(string path)
    {
        long count = 0;
        foreach (AddressRow _ in AddressFile.Read(path, asListed: run.Lists.FindAsListed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
        }

        return count;
    }

    private static bool IsReadableTwice(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
