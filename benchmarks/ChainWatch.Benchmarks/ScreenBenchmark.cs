using System.Diagnostics;
using System.Globalization;
using ChainWatch.Lists;

namespace ChainWatch.Benchmarks;

/// <summary>Screens a million addresses against the lists in the package, and times the whole and each call.</summary>
public static class ScreenBenchmark
{
    private const int Addresses = 1_000_000;
    private const int ListedEvery = 100;

    public static void Run(TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        ListSet lists = ListSet.Embedded;
        Address[] listed = [.. lists.AddressLists.SelectMany(l => l.Entries).Select(e => e.Address).Where(a => a.Chain == Chain.Ethereum).Distinct().Order()];
        _ = lists.Screen(listed[0]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loading and verifying the lists: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} s"));

        // One in a hundred is on a list; the rest are made up.
        SplitMix random = new(20260101);
        Address[] addresses = new Address[Addresses];
        byte[] payload = new byte[20];
        for (int i = 0; i < Addresses; i++)
        {
            BitConverter.TryWriteBytes(payload, random.Next());
            BitConverter.TryWriteBytes(payload.AsSpan(8), random.Next());
            addresses[i] = i % ListedEvery == 0 ? listed[(int)random.Below((ulong)listed.Length)] : Address.Parse("0x" + Convert.ToHexStringLower(payload));
        }

        string[] lower = [.. addresses.Select(a => a.ToCanonicalString())];
        string[] checksummed = [.. addresses.Select(a => a.ToString())];
        Measure("Screen(Address)", addresses, address => lists.Screen(address), output);
        Measure("Screen(text), lower case", lower, text => lists.Screen(text), output);
        Measure("Screen(text), EIP-55", checksummed, text => lists.Screen(text), output);
    }

    // Two passes: the clock, read twice per call, would weigh on the whole. A short one first, for the compiler.
    private static void Measure<T>(string name, T[] questions, Func<T, Screening> screen, TextWriter output)
    {
        foreach (T question in questions.AsSpan(0, questions.Length / 10))
        {
            screen(question);
        }

        int matches = 0;
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        foreach (T question in questions)
        {
            matches += screen(question).Matches.Count > 0 ? 1 : 0;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double processor = (Environment.CpuUsage.TotalTime - processorBefore).TotalSeconds;
        long[] ticks = new long[questions.Length];
        for (int i = 0; i < questions.Length; i++)
        {
            long before = Stopwatch.GetTimestamp();
            screen(questions[i]);
            ticks[i] = Stopwatch.GetTimestamp() - before;
        }

        Array.Sort(ticks);
        double p99 = ticks[(int)(ticks.Length * 0.99)] * 1e6 / Stopwatch.Frequency;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:0.000} s ({processor:0.000} s of processor time) for {questions.Length}, {matches} with matches; p99 of one call {p99:0.00} microseconds"));
    }
}
