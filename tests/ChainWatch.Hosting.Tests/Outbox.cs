using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Hosting.Tests;

/// <summary>A log of alerts and its outbox, in a folder that goes with it.</summary>
internal sealed class Outbox : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-").FullName;

    public Outbox(int alerts)
    {
        Log = AlertLog.Open(_folder);
        Items = AlertOutbox.Open(Log);
        for (int i = 0; i < alerts; i++)
        {
            Append();
        }
    }

    public AlertLog Log { get; private set; }

    public AlertOutbox Items { get; private set; }

    /// <summary>The alerts of the log.</summary>
    public LoggedAlert[] Alerts => [.. AlertLog.Read(_folder)];

    /// <summary>Where the outbox is written first: a folder there blocks it.</summary>
    public string Blocked => Path.Combine(_folder, "outbox.json.tmp");

    public void Append()
    {
        long n = Log.Head.Number + 1;
        Address wallet = Address.Parse($"0x{n:x40}");
        Alert alert = new()
        {
            Reason = AlertReason.FirstWithin,
            List = "ofac-sdn",
            Direction = Direction.Received,
            Wallet = wallet,
            Hops = 1,
            Path =
            [
                new PathStep
                {
                    From = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"),
                    To = wallet,
                    Position = new ChainPosition(Chain.Ethereum, n, 0),
                    Asset = Asset.Native(Chain.Ethereum),
                    Value = Amount.From(5),
                },
            ],
            Block = new BlockRef(n, "0x01", "0x00", new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)),
            Confirmations = 1,
        };
        Log.Append(alert).ShouldBeTrue();
    }

    /// <summary>The process ends and starts again.</summary>
    public void Restart()
    {
        Close();
        Log = AlertLog.Open(_folder);
        Items = AlertOutbox.Open(Log);
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
    }

    private void Close()
    {
        Items.Dispose();
        Log.Dispose();
    }
}
