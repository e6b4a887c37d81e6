using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>
/// The theft from the Ronin bridge, re-enacted on a real node at mainnet heights and times, and a laundering made up after
/// it. It knows what it sent: the expectations come from the plan, and not from the node.
/// </summary>
public sealed class RoninReenactment : IAsyncDisposable
{
    /// <summary>How many blocks are mined, from <see cref="FirstBlock"/> on.</summary>
    public const int BlockCount = 120;

    // The theft on mainnet: block 14442835, 2022-03-23 13:29:09 UTC (the time also stands in samples/data/ronin-2022.csv).
    private const long FirstHeight = 14_442_835;
    private const long FirstTime = 1_648_042_149;
    private const int SecondsPerBlock = 13;
    private readonly List<Transfer> _expected = [];
    private readonly List<MinedTransaction> _transactions = [];
    private readonly Dictionary<string, Address> _created = new(StringComparer.Ordinal);
    private readonly Dictionary<Address, BigInteger> _opening = [];

    private RoninReenactment(Anvil node, Chain chain)
    {
        Node = node;
        Cast = new RoninCast(chain);
    }

    /// <summary>The node.</summary>
    public Anvil Node { get; }

    /// <summary>Who takes part.</summary>
    public RoninCast Cast { get; }

    /// <summary>The chain.</summary>
    public Chain Chain => Cast.Chain;

    /// <summary>The block of the theft. The block before it is empty and the first that the node has.</summary>
    public long FirstBlock { get; } = FirstHeight;

    /// <summary>The head.</summary>
    public long LastBlock { get; } = FirstHeight + BlockCount - 1;

    /// <summary>
    /// Every move of value of every block, those that have nothing to do with the theft included, in chain order. Mints come
    /// from the zero address; a wrap is the coin paid to WETH and the token from WETH's contract to the depositor, an unwrap
    /// the reverse. Moves of zero and pieces of ERC-721 are no value.
    /// </summary>
    public IReadOnlyList<Transfer> Expected => _expected;

    /// <summary>All transactions, in chain order.</summary>
    public IReadOnlyList<MinedTransaction> Transactions => _transactions;

    /// <summary>What addresses had before the first block, in wei; nothing where absent.</summary>
    public IReadOnlyDictionary<Address, BigInteger> OpeningBalances => _opening;

    /// <summary>The contract that pays by selfdestruct.</summary>
    public Address Suicidal => _created["suicidal"];

    /// <summary>The contract that another one created with value.</summary>
    public Address Vault => _created["vault"];

    /// <summary>
    /// The fewest hops from the seed, for every address within 4 hops: with the stops as <see cref="StopsCsv"/> labels them,
    /// coin, USDC and WETH recognised, no minimum value.
    /// </summary>
    public IReadOnlyDictionary<Address, int> ExpectedHops => new RoninHops(this).Within4;

    /// <summary>Addresses that a careless tracer reaches and that no path leads to, with the reason.</summary>
    public IReadOnlyDictionary<Address, string> Unreached => new RoninHops(this).Unreached;

    /// <summary>A file of stops, as <c>--stop-at</c> takes it.</summary>
    public string StopsCsv => new StringBuilder("chain,address,category,name,source\n")
        .Append(Stop(Cast.Pool, "dex", "Pool")).Append(Stop(Cast.Splitter, "splitter", "Splitter")).Append(Stop(Cast.Mixer, "mixer", "Tornado.Cash: 100 ETH"))
        .Append(Stop(Cast.Weth, "wrapper", "WETH9")).Append(Stop(Cast.Exchange, "exchange", "Binance 14")).ToString();

    /// <summary>Starts a node and plays everything.</summary>
    /// <param name="chainId">The chain id; mainnet's by default.</param>
    /// <exception cref="Xunit.SkipException">The tools are absent here.</exception>
    public static async Task<RoninReenactment> StartAsync(ulong chainId = 1)
    {
        Anvil node = await Anvil.StartAsync(new AnvilOptions { ChainId = chainId, Number = FirstHeight - 1, Timestamp = FirstTime - SecondsPerBlock });
        RoninReenactment reenactment = new(node, Chain.Evm(chainId));
        try
        {
            await reenactment.PlayAsync(await TestContracts.GetAsync());
            return reenactment;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private async Task PlayAsync(TestContracts contracts)
    {
        await PutContractsAsync(contracts);
        RoninStory story = new(Cast, contracts);
        FillerTraffic filler = new(Cast);
        foreach ((Address address, BigInteger wei) in story.OpeningBalances.Concat(filler.OpeningBalances))
        {
            _opening.Add(address, wei);
            await Node.SetBalanceAsync(address, wei);
        }

        for (int offset = 0; offset < BlockCount; offset++)
        {
            BlockPlan plan = new(Cast, contracts);
            filler.Add(plan, offset);
            string? creates = story.Play(plan, offset, _created);
            await MineAsync(plan.Transactions, offset, creates);
        }
    }

    private async Task PutContractsAsync(TestContracts contracts)
    {
        await Node.SetCodeAsync(Cast.Usdc, contracts["Erc20"].Create());
        await Node.SetCodeAsync(Cast.FakeUsdc, contracts["Erc20"].Create());
        await Node.SetCodeAsync(Cast.Weth, contracts["WrappedEther"].Create());
        await Node.SetCodeAsync(Cast.Collection, contracts["Erc721"].Create());
        await Node.SetCodeAsync(Cast.Pool, contracts["DexPool"].Create());
        await Node.SetCodeAsync(Cast.Mixer, contracts["Mixer"].Create(RoninStory.Ether(100)));
        await Node.SetCodeAsync(Cast.Splitter, contracts["Splitter"].Create());
        await Node.SetCodeAsync(Cast.Forwarder, contracts["Forwarder"].Create(Cast.ForwardTarget));
        await Node.SetCodeAsync(Cast.LateForwarder, contracts["Forwarder"].Create(Cast.LateTarget));
        await Node.SetCodeAsync(Cast.Reverter, contracts["Reverter"].Create());
        await Node.SetCodeAsync(Cast.Refuser, contracts["Reverter"].Create());
        await Node.SetCodeAsync(Cast.Creator, contracts["Creator"].Create());
        await Node.SetCodeAsync(Cast.Bridge, contracts["DexPool"].Create());
    }

    private async Task MineAsync(List<PlannedTransaction> planned, int offset, string? creates)
    {
        List<TxId> hashes = [];
        foreach (PlannedTransaction transaction in planned)
        {
            hashes.Add(await Node.SendAsync(transaction.From, transaction.To, transaction.Value, transaction.Data));
        }

        long time = FirstTime + ((long)offset * SecondsPerBlock);
        await Node.MineAsync(time);
        JsonNode block = (await Node.CallAsync("eth_getBlockByNumber", RpcClient.Quantity(FirstHeight + offset), false))!;
        TxId[] mined = [.. block["transactions"]!.AsArray().Select(hash => TxId.Parse((string)hash!))];
        if (mined.Length != hashes.Count || mined.ToHashSet().SetEquals(hashes) is false)
        {
            throw new InvalidOperationException($"block {FirstHeight + offset}: {hashes.Count} transactions were sent and {mined.Length} mined");
        }

        // What happens in a block happens in the order in which it was sent, or the story is another one.
        if (!mined.SequenceEqual(hashes))
        {
            throw new InvalidOperationException($"block {FirstHeight + offset}: mined in another order than sent");
        }

        for (int index = 0; index < planned.Count; index++)
        {
            bool creator = creates is not null && (planned[index].To is null || planned[index].Moves.Any(m => m.To is null));
            Address? made = creator ? await CreatedAsync(hashes[index], planned[index]) : null;
            if (made is Address contract)
            {
                _created.Add(creates!, contract);
            }

            Record(planned[index], hashes[index], new ChainPosition(Chain, FirstHeight + offset, index), DateTimeOffset.FromUnixTimeSeconds(time), made);
        }
    }

    // A created address is the one thing that the node is asked about.
    private async Task<Address> CreatedAsync(TxId hash, PlannedTransaction planned)
    {
        if (planned.To is null)
        {
            return Address.Parse((string)(await Node.CallAsync("eth_getTransactionReceipt", $"0x{hash}"))!["contractAddress"]!, Chain);
        }

        JsonArray traces = (await Node.CallAsync("trace_transaction", $"0x{hash}"))!.AsArray();
        return Address.Parse((string)traces.Single(t => (string?)t!["type"] == "create")!["result"]!["address"]!, Chain);
    }

    private void Record(PlannedTransaction planned, TxId hash, ChainPosition position, DateTimeOffset time, Address? made)
    {
        _transactions.Add(new MinedTransaction(hash, position, time, planned.From, planned.To, planned.To is null ? made : null, planned.Value, planned.Data, planned.Succeeds));
        foreach (Move move in planned.Moves)
        {
            _expected.Add(new Transfer(position, (move.From ?? made)!.Value, (move.To ?? made)!.Value, move.Asset, Amount.From(move.Value), hash, time, move.IsInternal));
        }
    }

    private string Stop(Address address, string category, string name) => $"{Chain},{address},{category},{name},re-enactment\n";
}
