using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChainWatch.Graph.Building;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// Numbers distinct addresses, then looks them up at random, then ranks them and looks them up in the table; beside it a
/// dictionary on the same addresses. Making the addresses is measured apart and taken off.
/// </summary>
public static class InternBenchmark
{
    private const int Batch = 4096;

    public static bool TryRead(string[] options, out int addresses, out int lookups)
    {
        (addresses, lookups) = (5_000_000, 10_000_000);
        for (int i = 0; i + 1 < options.Length; i += 2)
        {
            bool isRead = options[i] switch
            {
                "--addresses" => int.TryParse(options[i + 1], out addresses) && addresses > 0,
                "--lookups" => int.TryParse(options[i + 1], out lookups) && lookups >= 0,
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        return options.Length % 2 == 0;
    }

    public static void Run(int addresses, int lookups, TextWriter output)
    {
        int threads = Environment.ProcessorCount;
        Run(Chain.Ethereum, Math.Min(addresses, 50_000), 100_000, threads, TextWriter.Null); // for the compiler
        Run(Chain.Bitcoin, Math.Min(addresses, 50_000), 100_000, threads, TextWriter.Null);
        Run(Chain.Ethereum, addresses, lookups, threads, output);
        Run(Chain.Bitcoin, addresses, lookups, threads, output);
    }

    private static void Run(Chain chain, int addresses, int lookups, int threads, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chain}: {addresses} distinct addresses, {lookups} lookups, {threads} threads for ranking"));
        Address[] batch = new Address[Batch];
        int[] numbers = new int[Batch];
        Taken made = Time(() => Distinct(chain, addresses, batch, _ => { }));
        Taken madeAgain = Time(() => Again(chain, addresses, lookups, batch, _ => { }));

        using AddressInterner interner = new(chain);
        Taken distinct = Time(() => Distinct(chain, addresses, batch, n => interner.NumberAll(batch.AsSpan(0, n), numbers))) - made;
        Taken again = Time(() => Again(chain, addresses, lookups, batch, n => interner.NumberAll(batch.AsSpan(0, n), numbers))) - madeAgain;
        Line(output, "numbering, all new", distinct, addresses);
        Line(output, "numbering, all known", again, lookups);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(double)interner.Bytes / interner.Count:0.0} bytes an address, {interner.Rows.RowSize} of them its row"));

        CanonicalRanks? ranks = null;
        Line(output, "ranking", Time(() => ranks = interner.Canonical(threads, CancellationToken.None)), addresses);
        AddressTable? table = null;
        Line(output, "copying rows in order", Time(() => table = AddressTable.From(interner, ranks!, threads, CancellationToken.None)), addresses);
        int missing = 0;
        int few = Math.Min(lookups, 1_000_000);
        Taken madeFew = Time(() => Again(chain, addresses, few, batch, _ => { }));
        Taken found = Time(() => Again(chain, addresses, few, batch, n =>
        {
            for (int i = 0; i < n; i++)
            {
                missing += table!.RankOf(batch[i]) < 0 ? 1 : 0;
            }
        })) - madeFew;
        Line(output, "looking up in the table", found, few);
        if (missing > 0)
        {
            throw new InvalidOperationException($"{missing} addresses were not found");
        }

        Dictionary<Address, int> dictionary = [];
        void Put(int n)
        {
            foreach (Address address in batch.AsSpan(0, n))
            {
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(dictionary, address, out bool known);
                number = known ? number : dictionary.Count - 1;
            }
        }

        Taken dictionaryDistinct = Time(() => Distinct(chain, addresses, batch, Put)) - made;
        Taken dictionaryAgain = Time(() => Again(chain, addresses, lookups, batch, Put)) - madeAgain;
        Line(output, "dictionary, all new", dictionaryDistinct, addresses);
        Line(output, "dictionary, all known", dictionaryAgain, lookups);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the dictionary takes {dictionaryDistinct / distinct:0.0} times as long for new ones, {dictionaryAgain / again:0.0} times for known ones"));
    }

    private static void Distinct(Chain chain, int addresses, Address[] batch, Action<int> use)
    {
        for (int from = 0; from < addresses; from += Batch)
        {
            int count = Math.Min(Batch, addresses - from);
            for (int i = 0; i < count; i++)
            {
                batch[i] = Make(chain, (ulong)(from + i));
            }

            use(count);
        }
    }

    private static void Again(Chain chain, int addresses, int lookups, Address[] batch, Action<int> use)
    {
        SplitMix random = new(1);
        for (int from = 0; from < lookups; from += Batch)
        {
            int count = Math.Min(Batch, lookups - from);
            for (int i = 0; i < count; i++)
            {
                batch[i] = Make(chain, random.Below((ulong)addresses));
            }

            use(count);
        }
    }

    private static Address Make(Chain chain, ulong number)
    {
        SplitMix random = new(number * 0x9E3779B97F4A7C15);
        (ulong word0, ulong word1, ulong word2) = (random.Next(), random.Next(), random.Next());
        if (chain.IsEvm)
        {
            return Address.FromWords(chain, AddressKind.Evm, word0, word1, word2 & 0xFFFF_FFFF_0000_0000, 0);
        }

        AddressKind kind = (number % 10) switch { < 3 => AddressKind.P2Pkh, < 5 => AddressKind.P2Sh, < 8 => AddressKind.P2Wpkh, 8 => AddressKind.P2Wsh, _ => AddressKind.P2Tr };
        bool isLong = kind is AddressKind.P2Wsh or AddressKind.P2Tr;
        return Address.FromWords(chain, kind, word0, word1, isLong ? word2 : word2 & 0xFFFF_FFFF_0000_0000, isLong ? word1 : 0);
    }

    // Seconds by the clock and of processor time: on a machine that others use too, the second is what to compare.
    private static Taken Time(Action work)
    {
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Taken(seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static void Line(TextWriter output, string name, Taken taken, int count) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-24} {taken.Seconds * 1e9 / Math.Max(1, count),7:0.0} ns an address  {taken.Seconds,7:0.000} s  ({taken.Processor * 1e9 / Math.Max(1, count),7:0.0} ns of processor time)"));

    private readonly record struct Taken(double Seconds, double Processor)
    {
        public static Taken operator -(Taken left, Taken right) => new(left.Seconds - right.Seconds, left.Processor - right.Processor);

        public static double operator /(Taken left, Taken right) => left.Processor / right.Processor;
    }
}
