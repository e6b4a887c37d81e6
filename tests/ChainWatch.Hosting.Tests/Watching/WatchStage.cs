using System.Collections.Concurrent;
using ChainWatch.Rpc.Tests;
using ChainWatch.Tests.Watching;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting.Tests.Watching;

/// <summary>A watch on a chain in memory, with a folder, a clock and a log of its own.</summary>
internal sealed class WatchStage : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-host").FullName;
    private readonly ConcurrentQueue<Alert> _told = new();
    private int _tx;

    public WatchStage()
    {
        Chain.Mine();
        Loggers = LoggerFactory.Create(b => b.AddProvider(Log));
    }

    /// <summary>Attributed to the Lazarus Group by OFAC.</summary>
    public static Address Listed { get; } = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");

    public SharedChain Chain { get; } = new(new ScriptedChain(ChainWatch.Chain.Ethereum));

    /// <summary>Some minutes after the chain's first block, and long before the lists' dates.</summary>
    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero));

    public CollectedLog<WatchRunner> Log { get; } = new();

    public ILoggerFactory Loggers { get; }

    public ListSink Sink { get; } = new("own");

    /// <summary>What was told, in order.</summary>
    public IReadOnlyList<Alert> Told => [.. _told];

    /// <summary>The lines of the log, but for those that are for information.</summary>
    public IEnumerable<string> Warnings => Log.Lines.Where(l => !l.StartsWith("4102", StringComparison.Ordinal) && !l.StartsWith("4104", StringComparison.Ordinal));

    public string this[string name] => Path.Combine(_folder, name);

    public static Address Person(int n) => Address.Parse($"0x{0xABC000 + n:x40}");

    /// <summary>As the chain in memory has it: ten minutes a block.</summary>
    public static DateTimeOffset BlockTime(int height) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(10 * height);

    public ChainWatchOptions Options() => new()
    {
        StateFolder = this["state"],
        From = ["list:ofac-sdn"],
        Wallets = [Write("wallets.txt", Person(9).ToString())],
        Hops = 3,
        DefaultLabels = false,
    };

    public WatchRunner Open(ChainWatchOptions? options = null) => WatchRunner.Open(options ?? Options(), new WatchSurroundings
    {
        Sources = [Chain],
        Sinks = [Sink],
        Told = _told.Enqueue,
        Clock = Clock,
        Loggers = Loggers,
    });

    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(this[name], lines);
        return this[name];
    }

    public Transfer Pay(Address from, Address to, long value = 1_000_000) =>
        new(new ChainPosition(ChainWatch.Chain.Ethereum, 0, 0), from, to, Asset.Native(ChainWatch.Chain.Ethereum), Amount.From(value), TxId.Parse($"0x{++_tx:x64}"));

    /// <summary>Lets time pass, an interval whenever the watch waits, until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan? step = null)
    {
        using CancellationTokenSource patience = new(_patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            // The one looks at files, the other is the chain's.
            if (Clock.Waiting >= 2)
            {
                Clock.Advance(step ?? Interval);
            }

            await Task.Yield();
        }
    }

    /// <summary>Runs a watch beside a test, and ends it.</summary>
    public async Task WhileRunningAsync(Func<WatchRunner, Task> test, ChainWatchOptions? options = null)
    {
        using WatchRunner runner = Open(options);
        using CancellationTokenSource stop = new();
        Task running = runner.RunAsync(stop.Token);
        try
        {
            Task tested = test(runner);
            await await Task.WhenAny(running, tested);
            await tested;
        }
        finally
        {
            await stop.CancelAsync();
        }

        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    public void Dispose()
    {
        Loggers.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
