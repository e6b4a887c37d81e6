using System.Runtime.InteropServices;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum.Etherscan;

/// <summary>One query to an explorer, by addresses or by transactions.</summary>
internal sealed class ExplorerQuery(ExplorerClient client, ExplorerTransactions transactions, EtherscanOptions options, Chain chain, IReadOnlyList<Address> wrappedCoins)
{
    private readonly ValueMoves _moves = new(chain, wrappedCoins);
    private readonly List<CoverageGap> _gaps = [];
    private readonly Asset _coin = Asset.Native(chain);
    private long _pieces;

    /// <summary>Reads the transfers of addresses, one after the other.</summary>
    public async Task<SourceCoverage> ReadAsync(IReadOnlyList<Address> addresses, TransferSide side, BlockWindow window, ITransferSink sink, CancellationToken cancellationToken)
    {
        // Two addresses asked together that paid each other: their transfer is told once.
        HashSet<Bytes20> before = [];
        foreach (Address address in addresses)
        {
            await ReadAsync(address, side, window, new OnceSink(sink, Bytes20.Of(address), before, side), cancellationToken).ConfigureAwait(false);
            before.Add(Bytes20.Of(address));
        }

        return Coverage();
    }

    /// <summary>Reads whole transactions.</summary>
    public async Task<SourceCoverage> ReadAsync(IReadOnlyList<TxId> hashes, ITransferSink sink, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<TxId, Receipts> receipts = await transactions.ReceiptsAsync(hashes, cancellationToken).ConfigureAwait(false);
        await foreach ((TransactionRow tx, List<ExplorerRow> internals) in OrderedWork.RunAsync(
            hashes.Distinct(),
            async (h, token) => (await transactions.TransactionAsync(h, token).ConfigureAwait(false), await transactions.InternalsAsync(h, token).ConfigureAwait(false)),
            options.Concurrency,
            cancellationToken).ConfigureAwait(false))
        {
            Receipts receipt = receipts[tx.Hash];
            DateTimeOffset time = await transactions.TimeAsync(tx.Block, cancellationToken).ConfigureAwait(false);
            _moves.Send(tx, receipt.Rows[0], CollectionsMarshal.AsSpan(receipt.Logs), default, tx.Block, time, sink);
            if (receipt.Rows[0].Succeeded != false)
            {
                foreach (ExplorerRow row in internals)
                {
                    SendInternal(row, new ChainPosition(chain, tx.Block, tx.Index), tx.Hash, time, sink);
                }
            }
        }

        return Coverage();
    }

    private async Task ReadAsync(Address address, TransferSide side, BlockWindow window, ITransferSink sink, CancellationToken cancellationToken)
    {
        AccountTable table = new(client, options, _gaps);
        Bytes20 own = Bytes20.Of(address);
        bool IsAsked(Bytes20 from, Bytes20? to) => (side.HasFlag(TransferSide.From) && from == own) || (side.HasFlag(TransferSide.To) && to == own);

        List<ExplorerRow> coins = await table.ReadAsync("txlist", address, window, cancellationToken).ConfigureAwait(false);
        List<ExplorerRow> internals = await table.ReadAsync("txlistinternal", address, window, cancellationToken).ConfigureAwait(false);
        List<ExplorerRow> tokens = await table.ReadAsync("tokentx", address, window, cancellationToken).ConfigureAwait(false);

        foreach (ExplorerRow row in coins.Where(r => !r.IsError && r.Value is { IsZero: false } && IsAsked(r.From, r.To ?? r.Contract)))
        {
            if ((row.To ?? row.Contract) is Bytes20 to)
            {
                if (row.To is null)
                {
                    sink.AddContract(to.On(chain));
                }

                sink.Add(new Transfer(PositionOf(row, "txlist"), row.From.On(chain), to.On(chain), _coin, row.Value!.Value, TxOf(row, "txlist"), row.Time));
            }
        }

        ExplorerRow[] inside = [.. internals.Where(r => !r.IsError && r.MovesValue && r.Value is { IsZero: false })];
        // Rows of calls do not say where in its block their transaction is, and wrapping leaves no row at all: receipts tell both.
        TxId[] wraps = [.. coins.Where(r => !r.IsError && (IsWrapped(r.From) || (r.To is Bytes20 to && IsWrapped(to)))).Concat(inside.Where(r => IsWrapped(r.From) || (r.To is Bytes20 to && IsWrapped(to)))).Select(r => TxOf(r, "txlist")).Distinct()];
        IReadOnlyDictionary<TxId, Receipts> receipts = await transactions.ReceiptsAsync([.. inside.Select(r => TxOf(r, "txlistinternal")), .. wraps], cancellationToken).ConfigureAwait(false);
        foreach (ExplorerRow row in inside.Where(r => IsAsked(r.From, r.To ?? r.Contract)))
        {
            ReceiptRow receipt = receipts[row.Tx!.Value].Rows[0];
            if (receipt.Succeeded != false)
            {
                SendInternal(row, new ChainPosition(chain, row.Block, receipt.Index), row.Tx.Value, row.Time, sink);
            }
        }

        Dictionary<TxId, DateTimeOffset> times = coins.Concat(internals).Where(r => r.Tx is not null).DistinctBy(r => r.Tx).ToDictionary(r => r.Tx!.Value, r => r.Time);
        foreach (TxId wrap in wraps)
        {
            Receipts receipt = receipts[wrap];
            foreach (LogRow log in receipt.Logs.Where(l => l.Topic0 != ValueMoves.TransferTopic && _moves.TryReadMove(l, out Bytes20 from, out Bytes20 to) && IsAsked(from, to)))
            {
                _moves.SendEvent(log, new ChainPosition(chain, receipt.Rows[0].Block, receipt.Rows[0].Index), times[wrap], sink);
            }
        }

        _pieces += tokens.Count(r => r.IsPiece);
        foreach (ExplorerRow row in tokens.Where(r => !r.IsPiece && IsAsked(r.From, r.To)))
        {
            Address contract = (row.Contract ?? throw client.Rest.Failure(RpcErrorKind.BadAnswer, "tokentx", "a row has no contractAddress")).On(chain);
            Bytes20 to = row.To ?? throw client.Rest.Failure(RpcErrorKind.BadAnswer, "tokentx", "a row has no to");
            sink.AddContract(contract);
            sink.Add(new Transfer(PositionOf(row, "tokentx"), row.From.On(chain), to.On(chain), Asset.Token(contract), row.Value ?? Amount.Zero, TxOf(row, "tokentx"), row.Time));
        }
    }

    private void SendInternal(in ExplorerRow row, ChainPosition position, TxId tx, DateTimeOffset time, ITransferSink sink)
    {
        if (row.IsError || !row.MovesValue || row.Value is not { IsZero: false } value || (row.To ?? row.Contract) is not Bytes20 to)
        {
            return;
        }

        sink.AddContract(row.From.On(chain));
        if (row.IsCreation)
        {
            sink.AddContract(to.On(chain));
        }

        sink.Add(new Transfer(position, row.From.On(chain), to.On(chain), _coin, value, tx, time, IsInternal: true));
    }

    private bool IsWrapped(Bytes20 address) => _moves.Wrapped.Contains(address);

    private ChainPosition PositionOf(in ExplorerRow row, string action) =>
        new(chain, row.Block, row.TxIndex ?? throw client.Rest.Failure(RpcErrorKind.BadAnswer, action, "a row has no transactionIndex"));

    private TxId TxOf(in ExplorerRow row, string action) => row.Tx ?? throw client.Rest.Failure(RpcErrorKind.BadAnswer, action, "a row has no hash");

    private SourceCoverage Coverage() => new()
    {
        Name = "",
        Kind = "",
        Gaps = [.. _gaps.Distinct()],
        Notes = [.. _moves.Notes(), .. _pieces > 0 ? ["ERC-721 transfers, which are no value, were left out"] : Array.Empty<string>()],
    };

    // Leaves out what an address asked about before in this query has told already.
    private sealed class OnceSink(ITransferSink inner, Bytes20 own, HashSet<Bytes20> before, TransferSide side) : ITransferSink
    {
        public void Add(in Transfer transfer, RowOrigin origin = default)
        {
            Bytes20 from = Bytes20.Of(transfer.From);
            Bytes20 to = Bytes20.Of(transfer.To);
            bool wasTold = (side.HasFlag(TransferSide.From) && from != own && before.Contains(from)) || (side.HasFlag(TransferSide.To) && to != own && before.Contains(to));
            if (!wasTold)
            {
                inner.Add(transfer, origin);
            }
        }

        public void Add(Movement movement, RowOrigin origin = default) => inner.Add(movement, origin);

        public void AddContract(Address contract) => inner.AddContract(contract);
    }
}
