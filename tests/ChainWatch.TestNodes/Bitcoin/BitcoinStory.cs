using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>
/// A theft played on a private Bitcoin chain with mainnet addresses: payments with change, several payers and payees, nested
/// and native segwit, an address that mixes its own money with listed funds, a batch of payouts, a peel chain of 30, a
/// CoinJoin, payments to addresses that real lists name. What is expected of a trace is written down beside what is spent.
/// </summary>
public sealed class BitcoinStory : IAsyncDisposable
{
    public const long Coin = 100_000_000;
    public const int PeelLength = 30;
    public const int BatchPayees = 25;
    private const int FirstBlocks = 560;
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private int _coinbase;

    private BitcoinStory(Bcoin node) => Node = node;

    /// <summary>The node.</summary>
    public Bcoin Node { get; }

    /// <summary>Of everyone reached from the thief: hops by address, and by coin or null where only the address links them.</summary>
    public Dictionary<string, (int Hops, int? ByCoin)> Reached { get; } = new(StringComparer.Ordinal);

    /// <summary>The listed addresses.</summary>
    public string[] Thieves => [_addresses["thief"], _addresses["old thief"]];

    /// <summary>The CoinJoin.</summary>
    public TxId CoinJoin { get; private set; }

    /// <summary>The payment to addresses on real lists.</summary>
    public TxId PaymentToListed { get; private set; }

    /// <summary>An address of the story by its name.</summary>
    public string this[string name] => _addresses[name];

    /// <summary>Plays it on a new node.</summary>
    /// <param name="listed">Addresses on real lists, which somebody pays.</param>
    /// <param name="options">Of the node; null: the defaults.</param>
    public static async Task<BitcoinStory> PlayAsync(IReadOnlyList<string> listed, BcoinOptions? options = null)
    {
        BitcoinStory story = new(await Bcoin.StartAsync(options));
        await story.PlayAsync(listed);
        return story;
    }

    /// <summary>The hops and addresses that a trace of so many hops reaches, thieves included, as <c>ADDRESS HOPS</c> in order.</summary>
    public IEnumerable<string> Expected(int hops, bool byCoin = false) => Reached
        .Where(r => r.Value.Hops <= hops && (!byCoin || r.Value.ByCoin <= hops))
        .Select(r => $"{_addresses[r.Key]} {(byCoin ? r.Value.ByCoin : r.Value.Hops)}")
        .Order(StringComparer.Ordinal);

    /// <summary>Writes the chain as Bitcoin Core writes its files.</summary>
    /// <param name="withUndo">Whether with undo data.</param>
    /// <param name="key">The key of xor.dat, 8 bytes; null: none.</param>
    public async Task<CoreFolder> WriteFilesAsync(bool withUndo = true, byte[]? key = null)
    {
        CoreFolder folder = new(CoreFolder.Regtest, key);
        int head = await Node.HeadAsync();
        for (int height = 0; height <= head; height++)
        {
            byte[] raw = Convert.FromHexString(await Node.RawBlockAsync(height));
            folder.AddBlock(raw, withUndo && height > 0 ? SpentBy(await Node.SpentOutputsAsync(height)) : null, file: height % 3 == 0 ? 1 : 0);
        }

        return folder;
    }

    /// <summary>The chain as an Esplora server knows it.</summary>
    public Task<EsploraChain> EsploraAsync() => BcoinEsplora.LoadAsync(Node);

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private static IReadOnlyList<IReadOnlyList<(long, byte[], int, bool)>> SpentBy(JsonNode spent) =>
        [.. spent.AsArray().Select(tx => (IReadOnlyList<(long, byte[], int, bool)>)[.. tx!.AsArray().Select(o => ((long)o!["value"]!, Convert.FromHexString((string)o["scriptHex"]!), (int)o["height"]!, (bool)o["coinbase"]!))])];

    private async Task PlayAsync(IReadOnlyList<string> listed)
    {
        await Node.MineAsync(FirstBlocks);
        TxId stolen = await PayAsync([await CoinbaseAsync()], ("thief", 50 * Coin));
        await Node.MineAsync();
        Reached["thief"] = (0, 0);

        TxId split = await PayAsync([(stolen, 0)], ("a", 10 * Coin), ("b:nested", 15 * Coin), ("thief", 25 * Coin));
        Reach(1, "a", "b");
        await Node.MineAsync();

        // Its own money: the address is tainted, the coin is not.
        TxId own = await PayAsync([await CoinbaseAsync()], ("a", 50 * Coin));
        await Node.MineAsync();
        TxId spentOwn = await PayAsync([(own, 0)], ("c", 50 * Coin));
        Reached["c"] = (2, null);
        await Node.MineAsync();

        TxId forked = await PayAsync([(split, 1)], ("d:legacy", 5 * Coin), ("e", 10 * Coin));
        Reach(2, "d", "e");
        TxId others = await PayAsync([await CoinbaseAsync()], ("f:nested", 50 * Coin));
        await Node.MineAsync();
        await PayAsync([(forked, 0), (others, 0)], ("g", 30 * Coin), ("h:legacy", 25 * Coin));
        Reach(3, "g", "h");
        await Node.MineAsync();

        await PlayBatchAsync(spentOwn);
        await PlayPeelChainAsync(split, 25 * Coin);
        TxId mixed = await PlayChangeAsync(split);
        await PlayCoinJoinAsync(mixed);
        await PlayTogetherAsync();
        TxId paid = await PayAsync([await CoinbaseAsync()], ("payer", 50 * Coin));
        PaymentToListed = await Node.SpendAsync([(paid, 0)], [.. listed.Select(a => (a, Coin)), (await AddressAsync("payer's change"), (50 - listed.Count) * Coin)]);
        await Node.MineAsync(7);
    }

    // More payees than anybody's purse: the shape of an exchange's payouts.
    private async Task PlayBatchAsync(TxId from)
    {
        string[] payees = [.. Enumerable.Range(1, BatchPayees).Select(i => $"payee {i}")];
        await PayAsync([(from, 0)], [.. payees.Select(p => (p, 2 * Coin))]);
        foreach (string payee in payees)
        {
            Reached[payee] = (3, null);
        }

        await Node.MineAsync();
    }

    private async Task PlayPeelChainAsync(TxId from, long rest)
    {
        (TxId Tx, int Index) coin = (from, 2);
        for (int i = 1; i <= PeelLength; i++)
        {
            long peeled = Coin / 10 + i;
            rest -= peeled;
            TxId link = await PayAsync([coin], ($"peeled {i}", peeled), ($"rest {i}", rest));
            Reach(i, $"peeled {i}", $"rest {i}");
            coin = (link, 1);
            if (i % 7 == 0)
            {
                await Node.MineAsync();
            }
        }

        await Node.MineAsync();
    }

    // A coin goes on through change to its own address: no hop more.
    private async Task<TxId> PlayChangeAsync(TxId split)
    {
        TxId change = await PayAsync([(split, 0)], ("i", 6 * Coin), ("a", 4 * Coin));
        await Node.MineAsync();
        await PayAsync([(change, 1)], ("j", 4 * Coin));
        Reach(2, "i", "j");
        await Node.MineAsync();
        return change;
    }

    // JoinMarket's shape: five equal outputs, five changes, five owners.
    private async Task PlayCoinJoinAsync(TxId mixed)
    {
        List<(TxId, int)> inputs = [(mixed, 0)];
        for (int k = 1; k <= 4; k++)
        {
            TxId funded = await PayAsync([await CoinbaseAsync()], ($"maker {k}", (6 * Coin) + (k * Coin / 10)), ($"maker {k}'s rest", (44 * Coin) - (k * Coin / 10)));
            inputs.Add((funded, 0));
        }

        await Node.MineAsync();
        CoinJoin = await PayAsync(inputs, [.. Enumerable.Range(1, 5).Select(k => ($"mixed {k}", 5 * Coin)), .. Enumerable.Range(0, 5).Select(k => ($"change {k}", Coin + (k * Coin / 10)))]);
        await Node.MineAsync();
        await PayAsync([(CoinJoin, 2)], ("behind the CoinJoin", 5 * Coin));
        await Node.MineAsync();
    }

    // Inputs of a listed address and of another in one transaction.
    private async Task PlayTogetherAsync()
    {
        TxId old = await PayAsync([await CoinbaseAsync()], ("old thief:legacy", 50 * Coin));
        TxId other = await PayAsync([await CoinbaseAsync()], ("together", 50 * Coin));
        await Node.MineAsync();
        Reached["old thief"] = (0, 0);
        await PayAsync([(old, 0), (other, 0)], ("n", 100 * Coin));
        Reach(1, "n");
        await Node.MineAsync();
    }

    private void Reach(int hops, params string[] names)
    {
        foreach (string name in names)
        {
            Reached[name] = (hops, hops);
        }
    }

    private async Task<(TxId, int)> CoinbaseAsync() => ((await Node.TransactionsAsync(++_coinbase))[0], 0);

    private async Task<TxId> PayAsync(IReadOnlyList<(TxId, int)> inputs, params (string Name, long Satoshis)[] outputs)
    {
        List<(string, long)> to = [];
        foreach ((string name, long satoshis) in outputs)
        {
            to.Add((await AddressAsync(name), satoshis));
        }

        return await Node.SpendAsync(inputs, to);
    }

    // NAME or NAME:KIND, the kind where it is first named.
    private async Task<string> AddressAsync(string named)
    {
        string[] parts = named.Split(':');
        if (!_addresses.TryGetValue(parts[0], out string? address))
        {
            KeyKind kind = parts.Length == 1 ? KeyKind.Segwit : Enum.Parse<KeyKind>(parts[1], ignoreCase: true);
            _addresses[parts[0]] = address = await Node.AddressAsync(parts[0], kind);
        }

        return address;
    }
}
