using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Esplora;

/// <summary>A server over a chain, a source over the server, and what the source should say.</summary>
internal sealed class EsploraCase : IAsyncDisposable
{
    public static readonly Address Alice = ModelChain.Wallet(1);
    public static readonly Address Bob = ModelChain.Wallet(2);
    public static readonly Address Carol = ModelChain.Wallet(3, AddressKind.P2Pkh);
    public static readonly Address Miner = ModelChain.Wallet(99);
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly RestClient _client;

    public EsploraCase(EsploraChain chain, EsploraDialect dialect = EsploraDialect.Blockstream, EsploraOptions? options = null, string? path = null, string basePath = "/api")
    {
        Server = new EsploraServer(chain, new EsploraServerOptions { Dialect = dialect, BasePath = basePath });
        _client = new RestClient(
            _http,
            RpcEndpoint.Parse(path is null ? Server.Endpoint.ToString() : new Uri(Server.Endpoint, path).ToString()),
            new RpcOptions { RetriesMax = 2, DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(1), RetryAfterMax = TimeSpan.FromMilliseconds(1), BreakerMinimumThroughput = 100_000 });
        Source = new EsploraTransferSource(_client, options);
    }

    public EsploraServer Server { get; }

    public EsploraTransferSource Source { get; }

    /// <summary>
    /// Sixty-six payments to Alice in thirty-three blocks. She spends every fifth in the block that paid it, every seventh with
    /// an output of Bob's; some outputs have no address. The tip is above all of them.
    /// </summary>
    public static ModelChain Busy(ModelChain? chain = null)
    {
        chain ??= new ModelChain();
        int n = 0;
        EsploraTx? ofBob = null;
        while (chain.Blocks.Count <= 33)
        {
            List<EsploraTx> made = [];
            for (int i = 0; i < 2; i++, n++)
            {
                EsploraTx before = chain.Blocks[^1].Height == 0
                    ? chain.Coinbase(EsploraOutput.To(Miner, 9000))
                    : chain.Blocks[^1].Transactions[0];
                EsploraTx paid = before.Inputs[0].IsCoinbase && chain.Blocks[^1].Height == 0
                    ? chain.Coinbase(EsploraOutput.To(Alice, 1000 + n))
                    : chain.Pay([(before, 0)], EsploraOutput.To(Alice, 1000 + n), new EsploraOutput("6a0101", "op_return", null, 0), EsploraOutput.To(Carol, n));
                made.Add(paid);
                if (n % 5 == 4)
                {
                    made.Add(ofBob = chain.Pay([(paid, 0)], EsploraOutput.To(Bob, 900), EsploraOutput.To(Alice, 50)));
                }
                else if (n % 7 == 6 && ofBob is not null)
                {
                    made.Insert(0, chain.Pay([(ofBob, 0), (ofBob, 1), (paid, 0)], EsploraOutput.To(Carol, 800)));
                    ofBob = null;
                }
            }

            chain.Mine([.. made]);
        }

        EsploraTx ofCarol = chain.Blocks[^1].Transactions.Last(t => t.Outputs.Count == 3);
        chain.Mine(chain.Pay([(ofCarol, 2)], EsploraOutput.To(Bob, 1)));
        chain.Mine();
        return chain;
    }

    /// <summary>What the source answers, as a transfer file in canonical order.</summary>
    public async Task<(string Rows, SourceCoverage Coverage)> ReadAsync(TransferQuery query)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain((await Source.ProbeAsync()).Chain);
        OnceSink sink = new(builder);
        SourceCoverage coverage = (await Source.ReadAsync(query, sink)).ShouldHaveSingleItem();
        return (Write(builder), coverage);
    }

    public static TransferQuery Asking(Address address, TransferSide side = TransferSide.Both, BlockWindow? window = null) =>
        new() { Addresses = [address], Side = side, Blocks = window ?? new BlockWindow(0, 35) };

    /// <summary>What it should be: the model's transactions that the question is about.</summary>
    public static string Expected(EsploraChain chain, TransferQuery query)
    {
        string[] asked = [.. (query.Addresses ?? []).Select(a => a.ToCanonicalString())];
        bool IsAsked(EsploraTx tx, long height) => query.Transactions is not null
            ? query.Transactions.Contains(TxId.Parse(tx.TxId))
            : (query.Blocks is not BlockWindow window || (height >= window.First && height <= window.Last))
                && ((query.Side.HasFlag(TransferSide.From) && tx.Inputs.Any(i => asked.Contains(i.Previous?.Address)))
                    || (query.Side.HasFlag(TransferSide.To) && tx.Outputs.Any(o => asked.Contains(o.Address))));
        TransferGraphBuilder builder = new();
        builder.AddChain(chain.Network);
        foreach (EsploraBlock block in chain.Blocks)
        {
            foreach ((int index, EsploraTx tx) in block.Transactions.Index().Where(t => IsAsked(t.Item, block.Height)))
            {
                builder.Add(MovementOf(chain.Network, block, index, tx));
            }
        }

        return Write(builder);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private static Movement MovementOf(Chain chain, EsploraBlock block, int index, EsploraTx tx)
    {
        TxId id = TxId.Parse(tx.TxId);
        return new Movement
        {
            Position = new ChainPosition(chain, block.Height, index),
            Asset = Asset.Native(chain),
            Tx = id,
            Time = DateTimeOffset.FromUnixTimeSeconds(block.Time),
            Inputs = [.. tx.Inputs.Where(i => !i.IsCoinbase).Select(i => new MovementInput(OwnerOf(chain, i.Previous!), Amount.From((ulong)i.Previous!.Value), new OutPoint(TxId.Parse(i.TxId), (int)i.Vout), i.Previous.Address is null))],
            Outputs = [.. tx.Outputs.Select((o, n) => new MovementOutput(OwnerOf(chain, o), Amount.From((ulong)o.Value), new OutPoint(id, n)))],
        };
    }

    private static Address? OwnerOf(Chain chain, EsploraOutput output) => output.Address is string text ? Address.Parse(text, chain) : null;

    private static string Write(TransferGraphBuilder builder)
    {
        using MemoryStream bytes = new();
        builder.Build().Chains.Single().WriteTransfers(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    // A movement told twice would be hidden by a graph that counts it once.
    private sealed class OnceSink(ITransferSink inner) : ITransferSink
    {
        private readonly HashSet<TxId> _seen = [];

        public void Add(in Transfer transfer, RowOrigin origin = default) => throw new InvalidOperationException("a plain transfer of a chain of movements");

        public void Add(Movement movement, RowOrigin origin = default)
        {
            _seen.Add(movement.Tx!.Value).ShouldBeTrue(string.Create(CultureInfo.InvariantCulture, $"{movement.Tx} twice"));
            inner.Add(movement, origin);
        }

        public void AddContract(Address contract) => inner.AddContract(contract);
    }
}
