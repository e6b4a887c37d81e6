using ChainWatch.Lists;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

/// <summary>What the tests of watchers share: people by numbers, payments between them, and what stands in a log.</summary>
internal sealed class WatchCase
{
    public static readonly Asset Ether = Asset.Native(Chain.Ethereum);
    private int _tx;

    public static AddressList List(params int[] seeds) =>
        new("designated", new DateOnly(2026, 1, 1), [.. seeds.Select(s => RandomCase.Designated("designated", RandomCase.AddressAt(s)))]);

    public static WatchRequest Request(int[] seeds, int[] wallets) => new()
    {
        Trace = new TraceRequest { From = [List(seeds)], To = [.. wallets.Select(RandomCase.AddressAt)], MaxHops = 3 },
        AlertValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(100) },
        Since = 0,
    };

    /// <summary>The alerts that stand in a log, by id. Each event must have been raised and withdrawn in turn.</summary>
    public static Dictionary<string, Alert> Standing(string folder, out Alert[] withdrawn)
    {
        Dictionary<string, Alert> standing = [];
        List<Alert> gone = [];
        foreach (Alert alert in AlertLog.Read(folder).Select(l => l.Alert))
        {
            if (alert.State == AlertState.Raised)
            {
                standing.TryAdd(alert.Id, alert).ShouldBeTrue("an event was told twice");
            }
            else
            {
                standing.Remove(alert.Id).ShouldBeTrue("what was not told was withdrawn");
                gone.Add(alert);
            }
        }

        withdrawn = [.. gone];
        return standing;
    }

    /// <summary>A payment. Every one is a transaction of its own, whatever block it gets into.</summary>
    public Transfer Pay(int from, int to, int value = 20)
    {
        byte[] tx = new byte[32];
        BitConverter.TryWriteBytes(tx, ++_tx);
        return new Transfer(new ChainPosition(Chain.Ethereum, 0, 0), RandomCase.AddressAt(from), RandomCase.AddressAt(to), Ether, Amount.From((ulong)value), TxId.FromBytes(tx));
    }
}
