using ChainWatch.Graph.Appending;
using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

/// <summary>Alerts that differ in whatever is asked for.</summary>
internal static class AlertCase
{
    public static readonly DateTimeOffset Time = new(2026, 11, 21, 8, 30, 0, 250, TimeSpan.Zero);

    /// <summary>The n-th event: its own transaction, wallet and value.</summary>
    public static Alert Of(int n, AlertState state = AlertState.Raised) => new()
    {
        State = state,
        Reason = AlertReason.FirstWithin,
        List = "ofac-sdn",
        ListAsOf = new DateOnly(2026, 8, 20),
        ListVersion = "2026-08-20.1",
        ListSha256 = new string('a', 64),
        Direction = Direction.Received,
        Wallet = Wallet(100 + n),
        Hops = 1,
        Path = [Step(n)],
        Block = new BlockRef(1_000 + n, Hash(n), Hash(n - 1), Time),
        Confirmations = 1,
    };

    public static PathStep Step(int n) => new()
    {
        From = Wallet(1),
        To = Wallet(100 + n),
        Position = new ChainPosition(Chain.Ethereum, 1_000 + n, 3),
        Time = Time,
        Tx = TxId.Parse(Hash(n)),
        Asset = Asset.Native(Chain.Ethereum),
        Value = Amount.From((ulong)(5 + n)),
    };

    /// <summary>An alert in which nothing has its default.</summary>
    public static Alert Everything => Of(7) with
    {
        State = AlertState.Withdrawn,
        Reason = AlertReason.PaidListed,
        IsNote = true,
        IsRetroactive = true,
        List = "a \"list\"\nof two lines, in /some/ folder – ünïcode 🎈",
        Direction = Direction.Sent,
        Hops = 2,
        Confirmations = 6,
        Path =
        [
            Step(7) with
            {
                Asset = Asset.Token(Wallet(900)),
                Value = Amount.MaxValue,
                Payers = 4,
                Order = PathOrder.SameTransaction,
                IsConversion = true,
                IsInternal = true,
                IsFromContract = true,
                Evidence = EdgeEvidence.Label,
            },
            Step(8) with { Tx = null, Time = null, Position = new ChainPosition(Chain.Ethereum, 1_010, null), Order = PathOrder.Assumed, IsToContract = true, IsThroughOpaque = true, Evidence = EdgeEvidence.Supplied },
        ],
    };

    /// <summary>One on Bitcoin, with what only that has.</summary>
    public static Alert OnBitcoin => Of(9) with
    {
        ListAsOf = null,
        ListVersion = null,
        ListSha256 = null,
        Wallet = Address.Parse("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        Path =
        [
            Step(9) with
            {
                From = Address.Parse("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
                To = Address.Parse("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
                Position = new ChainPosition(Chain.Bitcoin, 800_000, 12),
                Asset = Asset.Native(Chain.Bitcoin),
                OutPoint = new OutPoint(TxId.Parse(Hash(9)), 2),
                CoinJoin = CoinJoinRule.Wasabi2,
                BatchPayees = 120,
                Evidence = EdgeEvidence.Heuristic,
            },
        ],
    };

    public static Address Wallet(int n) => Address.Parse($"0x{n:x40}");

    public static string Hash(int n) => $"0x{n:x64}";

    /// <summary>A log that does not wait for the disk; a test of faults puts a stream of its own under it.</summary>
    public static AlertLog Open(string folder, Func<FileStream, Stream>? wrap = null) =>
        AlertLog.Open(folder, TokenList.Empty, new AppendOptions { IsDurable = false, Wrap = wrap });

    public static string PathIn(TemporaryFolder folder) => Path.Combine(folder.Path, AlertLog.FileName);
}
