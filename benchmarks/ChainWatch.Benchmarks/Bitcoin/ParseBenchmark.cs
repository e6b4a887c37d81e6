using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Benchmarks.Bitcoin;

/// <summary>How fast a block in memory is parsed, without and with ids and addresses, against the platform's SHA-256 over the same transactions.</summary>
public static class ParseBenchmark
{
    private const int Runs = 15;
    private const int WarmUps = 4;

    /// <summary>Measures on a file that holds one block.</summary>
    public static void Run(string path, TextWriter output)
    {
        byte[] block = File.ReadAllBytes(path);
        TransactionHasher hasher = new();
        int length = hasher.Verify(block);
        (int Start, int End)[] transactions = [.. Transactions(block)];
        CultureInfo invariant = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(invariant, $"{Path.GetFileName(path)}: {length / 1e3:0} kB, {transactions.Length} transactions; {(Sha256Lanes16.IsSupported ? "16 lanes of AVX-512" : "the platform's SHA-256")}"));

        (string Name, Func<long> Work, int Repeats)[] works =
        [
            ("parsed", () => Parse(block), 200),
            ("with addresses", () => Addresses(block), 40),
            ("with ids", () => hasher.ComputeIds(block), 20),
            ("with ids and addresses", () => hasher.ComputeIds(block) + Addresses(block), 20),
            ("the same, merkle root checked", () => hasher.Verify(block) + Addresses(block), 20),
            ("SHA256.HashData twice", () => HashData(block, transactions), 10),
        ];
        double[][] times = [.. works.Select(_ => new double[Runs])];
        for (int run = -WarmUps; run < Runs; run++)
        {
            // In turns, so that all see the same machine.
            for (int i = 0; i < works.Length; i++)
            {
                double time = Time(works[i].Work, works[i].Repeats);
                if (run >= 0)
                {
                    times[i][run] = time;
                }
            }
        }

        for (int i = 0; i < works.Length; i++)
        {
            Array.Sort(times[i]);
            double median = times[i][Runs / 2];
            output.WriteLine(string.Create(invariant, $"  {works[i].Name,-30} {length / median / 1e9,7:0.00} GB/s   best {length / times[i][0] / 1e9,6:0.00}   {(double)Allocated(works[i].Work) / transactions.Length:0.##} bytes allocated a transaction"));
        }

        double platform = times[^1][Runs / 2];
        output.WriteLine(string.Create(invariant, $"  ratio of SHA256.HashData's time to ours: with ids {platform / times[2][Runs / 2]:0.00}, with ids and addresses {platform / times[3][Runs / 2]:0.00}"));
    }

    private static List<(int Start, int End)> Transactions(byte[] bytes)
    {
        List<(int, int)> found = [];
        BlockView block = new(bytes);
        int start = block.Offset;
        while (block.Read(out _))
        {
            found.Add((start, block.Offset));
            start = block.Offset;
        }

        return found;
    }

    private static long Parse(byte[] bytes)
    {
        BlockView block = new(bytes);
        long seen = 0;
        while (block.Read(out TransactionView transaction))
        {
            seen += transaction.InputCount + transaction.OutputCount;
        }

        return seen;
    }

    private static long Addresses(byte[] bytes)
    {
        BlockView block = new(bytes);
        long seen = 0;
        while (block.Read(out TransactionView transaction))
        {
            foreach (OutputView output in transaction.Outputs)
            {
                seen += OutputScript.TryGetAddress(Chain.Bitcoin, output.Script, out _, out Address address) ? address.PayloadLength : 0;
            }
        }

        return seen;
    }

    private static long HashData(byte[] bytes, (int Start, int End)[] transactions)
    {
        Span<byte> digest = stackalloc byte[32];
        long seen = 0;
        foreach ((int start, int end) in transactions)
        {
            SHA256.HashData(bytes.AsSpan(start..end), digest);
            SHA256.HashData(digest, digest);
            seen += digest[0];
        }

        return seen;
    }

    private static double Time(Func<long> work, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        long seen = 0;
        for (int i = 0; i < repeats; i++)
        {
            seen += work();
        }

        GC.KeepAlive(seen);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    private static long Allocated(Func<long> work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
