using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>What a server knows: a chain of blocks and the transactions that wait. It does not change; a reorganisation is another one.</summary>
public sealed class EsploraChain
{
    private readonly Dictionary<string, EsploraBlock> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EsploraTx> _transactions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EsploraPlace> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TxId, uint Vout), EsploraSpend> _spends = [];

    /// <summary>A chain from its parts.</summary>
    /// <param name="network">The network: how addresses are written and which are refused.</param>
    /// <param name="blocks">One block for each height, in order, at least one.</param>
    /// <param name="mempool">What waits, as it came.</param>
    /// <exception cref="ArgumentException">There is no block, or one does not follow the one before.</exception>
    public EsploraChain(Chain network, IEnumerable<EsploraBlock> blocks, IEnumerable<EsploraTx>? mempool = null)
    {
        Network = network;
        Blocks = [.. blocks];
        Mempool = [.. mempool ?? []];
        if (Blocks.Count == 0)
        {
            throw new ArgumentException("a chain has at least one block", nameof(blocks));
        }

        foreach (EsploraBlock block in Blocks)
        {
            if (block != Blocks[0] && (block.Height != Tip.Height + 1 || block.PreviousHash != Tip.Hash))
            {
                throw new ArgumentException($"block {block.Hash} does not follow {Tip.Hash}", nameof(blocks));
            }

            Tip = block;
            _blocks.Add(block.Hash, block);
            for (int index = 0; index < block.Transactions.Count; index++)
            {
                Add(block.Transactions[index]);
                _places[block.Transactions[index].TxId] = new EsploraPlace(block, index);
            }
        }

        foreach (EsploraTx tx in Mempool)
        {
            Add(tx);
        }
    }

    /// <summary>The network.</summary>
    public Chain Network { get; }

    /// <summary>The blocks, by height.</summary>
    public IReadOnlyList<EsploraBlock> Blocks { get; }

    /// <summary>What waits, as it came.</summary>
    public IReadOnlyList<EsploraTx> Mempool { get; }

    /// <summary>The last block.</summary>
    public EsploraBlock Tip { get; private set; } = null!;

    /// <summary>Reads what a node answers to getblock with decoded transactions, and finds the output that each input spends.</summary>
    /// <param name="verboseBlocks">
    /// The answers in Bitcoin Core's form of verbosity 2 (or 3, whose prevout is taken), by height and without a gap. They begin
    /// at the first block, or at one from which on no earlier output is spent.
    /// </param>
    /// <param name="network">The network; null for Bitcoin's.</param>
    /// <exception cref="InvalidDataException">An amount is no whole number of satoshis, an output that is spent is not in the chain, or the node writes an address otherwise.</exception>
    public static EsploraChain Load(IEnumerable<JsonNode> verboseBlocks, Chain? network = null) =>
        new EsploraReader(network ?? Chain.Bitcoin).Read(verboseBlocks);

    /// <summary>The same blocks with other transactions waiting.</summary>
    public EsploraChain WithMempool(params IEnumerable<EsploraTx> mempool) => new(Network, Blocks, mempool);

    /// <summary>The same blocks with other transactions waiting, from a node's decoded transactions.</summary>
    /// <param name="verboseTransactions">As getrawtransaction answers with verbosity 1, each after those it spends from.</param>
    public EsploraChain WithMempool(IEnumerable<JsonNode> verboseTransactions) =>
        WithMempool(new EsploraReader(Network, this).ReadTransactions(verboseTransactions));

    /// <summary>What was known when a height was the last one; nothing waits in it.</summary>
    public EsploraChain AsOf(long height) => new(Network, Blocks.Where(block => block.Height <= height));

    /// <summary>A block by height; null where there is none.</summary>
    public EsploraBlock? At(long height) => height >= Blocks[0].Height && height <= Tip.Height ? Blocks[(int)(height - Blocks[0].Height)] : null;

    /// <summary>A block by hash; null where there is none.</summary>
    public EsploraBlock? Block(string hash) => _blocks.GetValueOrDefault(hash);

    /// <summary>A transaction, confirmed or waiting; null where there is none.</summary>
    public EsploraTx? Transaction(string txid) => _transactions.GetValueOrDefault(txid);

    /// <summary>Where a transaction is confirmed; null where it is not.</summary>
    public EsploraPlace? PlaceOf(string txid) => _places.GetValueOrDefault(txid);

    /// <summary>What spends an output, confirmed or waiting; null where nothing does.</summary>
    public EsploraSpend? SpendOf(string txid, int vout) => _spends.GetValueOrDefault((txid, (uint)vout));

    private void Add(EsploraTx tx)
    {
        _transactions[tx.TxId] = tx;
        for (int vin = 0; vin < tx.Inputs.Count; vin++)
        {
            _spends[(tx.Inputs[vin].TxId, tx.Inputs[vin].Vout)] = new EsploraSpend(tx, vin);
        }
    }
}
