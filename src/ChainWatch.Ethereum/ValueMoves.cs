using System.Runtime.InteropServices;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>
/// What moves value in a transaction, and what does not:
/// <list type="bullet">
/// <item>the transaction's own coin, where it succeeded; of a creation it goes to the contract made. Fees are no moves;</item>
/// <item>inside it, the coin of calls, creations and selfdestructs that were not undone. A step that failed undoes all that it
/// called. delegatecall, callcode and staticcall move nothing;</item>
/// <item>ERC-20 <c>Transfer</c> events: exactly three topics and one word of data. ERC-721's have four topics, and are pieces and
/// no value: counted. Other shapes are counted, too;</item>
/// <item><c>Deposit</c> and <c>Withdrawal</c> of the contracts that wrap the coin: the wrapped token comes from the contract, and
/// goes back to it;</item>
/// <item>rewards of blocks and validators' withdrawals come from nobody, after all transactions of the block.</item>
/// </list>
/// A failed transaction moves nothing. Coin moves of zero are left out (mostly they are calls); token events of zero are sent
/// along, since people fall for them, and counted by whoever traces.
/// </summary>
internal sealed class ValueMoves(Chain chain, IReadOnlyList<Address> wrappedCoins)
{
    /// <summary>keccak256("Transfer(address,address,uint256)").</summary>
    public static TxId TransferTopic { get; } = TxId.Parse("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");

    /// <summary>keccak256("Deposit(address,uint256)").</summary>
    public static TxId DepositTopic { get; } = TxId.Parse("e1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c");

    /// <summary>keccak256("Withdrawal(address,uint256)").</summary>
    public static TxId WithdrawalTopic { get; } = TxId.Parse("7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65");

    private static readonly System.Numerics.BigInteger WeiPerGwei = 1_000_000_000;
    private readonly Asset _coin = Asset.Native(chain);
    private readonly HashSet<Bytes20> _wrapped = [.. wrappedCoins.Select(Bytes20.Of)];

    public IReadOnlyCollection<Bytes20> Wrapped => _wrapped;

    /// <summary>Events of ERC-721 pieces: no value.</summary>
    public long Pieces { get; private set; }

    /// <summary>Transfer events of other shapes: not understood.</summary>
    public long OddEvents { get; private set; }

    /// <summary>Steps that moved coin, or may have, of which the traces do not tell to whom.</summary>
    public long UntoldSteps { get; private set; }

    /// <summary>Transactions of which no source told whether they succeeded.</summary>
    public long AssumedSuccesses { get; private set; }

    /// <summary>Sends what moves in a whole block.</summary>
    public void Send(Block block, Receipts receipts, List<TraceRow>? traces, ITransferSink sink)
    {
        ReadOnlySpan<LogRow> logs = CollectionsMarshal.AsSpan(receipts.Logs);
        ReadOnlySpan<TraceRow> steps = CollectionsMarshal.AsSpan(traces);
        int step = 0;
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            // Rewards are of no transaction, wherever they stand.
            while (step < steps.Length && steps[step].Kind == TraceKind.Reward)
            {
                step++;
            }

            int first = step;
            while (step < steps.Length && steps[step].TxIndex == i)
            {
                step++;
            }

            ReceiptRow receipt = receipts.Rows[i];
            Send(block.Transactions[i], receipt, logs[receipt.LogStart..receipt.LogEnd], traces is null ? null : steps[first..step], block.Height, block.Time, sink);
        }

        ChainPosition after = new(chain, block.Height, block.TransactionCount);
        foreach (WithdrawalRow withdrawal in block.Withdrawals)
        {
            SendFromNobody(withdrawal.To, Amount.From(withdrawal.Gwei * WeiPerGwei), after, block.Time, sink);
        }

        foreach (ref readonly TraceRow reward in steps)
        {
            if (reward is { Kind: TraceKind.Reward, To: Bytes20 to })
            {
                SendFromNobody(to, reward.Value, after, block.Time, sink);
            }
        }
    }

    /// <summary>Sends what moves in one transaction.</summary>
    public void Send(in TransactionRow tx, in ReceiptRow receipt, ReadOnlySpan<LogRow> logs, ReadOnlySpan<TraceRow> steps, long block, DateTimeOffset time, ITransferSink sink)
    {
        bool rootFailed = !steps.IsEmpty && steps[0].IsReverted;
        if (receipt.Succeeded is null && steps.IsEmpty)
        {
            AssumedSuccesses++;
        }

        if (!(receipt.Succeeded ?? !rootFailed))
        {
            return;
        }

        ChainPosition position = new(chain, block, tx.Index);
        if (receipt.Created is Bytes20 created)
        {
            sink.AddContract(created.On(chain));
        }

        Bytes20? payee = tx.To ?? receipt.Created ?? (steps.IsEmpty ? null : steps[0].To);
        if (!tx.Value.IsZero && payee is null)
        {
            UntoldSteps++;
        }

        if (!tx.Value.IsZero && payee is Bytes20 to)
        {
            sink.Add(new Transfer(position, tx.From.On(chain), to.On(chain), _coin, tx.Value, tx.Hash, time));
        }

        foreach (ref readonly TraceRow step in steps)
        {
            SendStep(step, position, tx.Hash, time, sink);
        }

        foreach (ref readonly LogRow log in logs)
        {
            SendEvent(log, position, time, sink);
        }
    }

    /// <summary>Sends what a step inside a transaction moves.</summary>
    public void SendStep(in TraceRow step, ChainPosition position, TxId tx, DateTimeOffset time, ITransferSink sink)
    {
        if (step.Depth > 0 && !step.IsReverted)
        {
            sink.AddContract(step.From.On(chain));
        }

        UntoldSteps += step.IsUntold ? 1 : 0;
        if (step.MovesInside)
        {
            Address to = step.To!.Value.On(chain);
            if (step.Kind == TraceKind.Create)
            {
                sink.AddContract(to);
            }

            sink.Add(new Transfer(position, step.From.On(chain), to, _coin, step.Value, tx, time, IsInternal: true));
        }
    }

    /// <summary>Sends what an event says was moved, and counts those that say nothing of value.</summary>
    public void SendEvent(in LogRow log, ChainPosition position, DateTimeOffset time, ITransferSink sink)
    {
        if (!TryReadMove(log, out Bytes20 from, out Bytes20 to))
        {
            Pieces += log.Topic0 == TransferTopic && log.TopicCount == 4 ? 1 : 0;
            OddEvents += log.Topic0 == TransferTopic && log.TopicCount != 4 ? 1 : 0;
            return;
        }

        Address contract = log.Contract.On(chain);
        sink.AddContract(contract);
        sink.Add(new Transfer(position, from.On(chain), to.On(chain), Asset.Token(contract), log.Data, log.Tx, time));
    }

    /// <summary>Reads an event's move of a token.</summary>
    public bool TryReadMove(in LogRow log, out Bytes20 from, out Bytes20 to)
    {
        (from, to) = (default, default);
        if (log.DataLength != 32)
        {
            return false;
        }

        if (log.Topic0 == TransferTopic)
        {
            return log.TopicCount == 3 && Bytes20.TryFromTopic(log.Topic1, out from) && Bytes20.TryFromTopic(log.Topic2, out to);
        }

        bool deposits = log.Topic0 == DepositTopic;
        if (log.TopicCount != 2 || !(deposits || log.Topic0 == WithdrawalTopic) || !_wrapped.Contains(log.Contract) || !Bytes20.TryFromTopic(log.Topic1, out Bytes20 holder))
        {
            return false;
        }

        (from, to) = deposits ? (log.Contract, holder) : (holder, log.Contract);
        return true;
    }

    /// <summary>What was seen and could not be understood as the moves that they are.</summary>
    public IEnumerable<CoverageGap> Gaps() => UntoldSteps == 0
        ? []
        : [new CoverageGap(GapKind.MissingTransferKind, "selfdestructs or creations of which the node does not tell what they paid to whom (old versions of geth do not)", UntoldSteps)];

    /// <summary>What was seen and is no move, as remarks.</summary>
    public IEnumerable<string> Notes()
    {
        System.Globalization.CultureInfo invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (Pieces > 0)
        {
            yield return string.Create(invariant, $"ERC-721 transfers, which are no value, were left out: {Pieces}");
        }

        if (OddEvents > 0)
        {
            yield return string.Create(invariant, $"Transfer events of another shape than ERC-20's were left out: {OddEvents}");
        }

        if (AssumedSuccesses > 0)
        {
            yield return string.Create(invariant, $"transactions before Byzantium whose receipts do not tell whether they succeeded, and that were taken to: {AssumedSuccesses}");
        }
    }

    private void SendFromNobody(Bytes20 to, Amount value, ChainPosition position, DateTimeOffset time, ITransferSink sink)
    {
        if (!value.IsZero)
        {
            sink.Add(new Movement { Position = position, Asset = _coin, Time = time, Outputs = [new MovementOutput(to.On(chain), value)] });
        }
    }
}
