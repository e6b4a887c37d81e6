using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>
/// A private chain on which outputs of every kind were made and spent: 450 blocks of new coins, then one that pays each kind of
/// key, one that spends all of them together, and one with a chain of transactions within the block.
/// </summary>
internal sealed class SpentCoins : IAsyncDisposable
{
    public const long Coin = 100_000_000;

    // The example of BIP 350 for witness version 1.
    public const string Taproot = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
    public const int FundsHeight = 451;
    public const int SpentHeight = 452;
    public const int ChainHeight = 453;

    private SpentCoins(Bcoin node) => Node = node;

    public Bcoin Node { get; }

    /// <summary>Pays each kind of key a coin and its place in satoshis, in the order of the kinds; then taproot, and nothing to data.</summary>
    public TxId Funds { get; private set; }

    /// <summary>Spends all of those but taproot, in an order of its own.</summary>
    public TxId Spent { get; private set; }

    /// <summary>Two transactions of one block, the second of which spends the first.</summary>
    public (TxId Parent, TxId Child) Pair { get; private set; }

    /// <summary>The coins that paid <see cref="Funds"/>.</summary>
    public TxId Coins { get; private set; }

    /// <summary>What pays each kind of key: an address, or a script.</summary>
    public Dictionary<KeyKind, string> Keys { get; } = [];

    public string Nested { get; private set; } = "";

    public static async Task<SpentCoins> StartAsync(BcoinOptions? options = null)
    {
        SpentCoins chain = new(await Bcoin.StartAsync(options));
        await chain.PlayAsync();
        return chain;
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private async Task PlayAsync()
    {
        foreach (KeyKind kind in Enum.GetValues<KeyKind>())
        {
            Keys[kind] = await Node.AddressAsync("a", kind);
        }

        Coins = await Node.MineAsync(1, await Node.AddressAsync("miner", KeyKind.PublicKey));
        await Node.MineAsync(449);
        Funds = await Node.SpendAsync([(Coins, 0)], [.. Keys.Select((k, i) => (k.Value, Coin + i)), (Taproot, 7), ("script:6a0401020304", 0)]);
        await Node.MineAsync();
        Nested = await Node.AddressAsync("b", KeyKind.Nested);
        Spent = await Node.SpendAsync([(Funds, 3), (Funds, 0), (Funds, 5), (Funds, 1), (Funds, 2), (Funds, 4)], [(Taproot, 2), (Nested, 3 * Coin), (Keys[KeyKind.Segwit], Coin)]);
        await Node.MineAsync();
        TxId parent = await Node.SpendAsync([(Spent, 2)], [(Keys[KeyKind.Segwit], Coin / 2), (Keys[KeyKind.Multisig], Coin / 4)]);
        TxId child = await Node.SpendAsync([(parent, 1), (Spent, 1), (parent, 0)], [(Keys[KeyKind.Legacy], Coin)]);
        Pair = (parent, child);
        await Node.MineAsync(2);
    }
}
