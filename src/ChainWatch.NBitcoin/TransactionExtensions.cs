using System.Globalization;
using ChainWatch.Bitcoin;
using ChainWatch.Bitcoin.Decoding;
using NBitcoin;

namespace ChainWatch.NBitcoin;

/// <summary>NBitcoin's transactions as movements, and its hashes as transaction ids.</summary>
public static class TransactionExtensions
{
    /// <summary>
    /// The transaction as one movement: read by ChainWatch's own decoder from the bytes that NBitcoin writes, as the sources read it.
    /// </summary>
    /// <param name="transaction">The transaction; its witness may be missing.</param>
    /// <param name="position">Where it stands; its chain is the one in whose form addresses are written.</param>
    /// <param name="time">The block's time.</param>
    /// <param name="spent">What its inputs spend, in their order, null for what is not known; null where nothing is known.</param>
    /// <exception cref="ChainWatchException">The chain is none of Bitcoin's, or the transaction is none that a block can hold (no inputs, no outputs, an amount below zero or above 21 million coins).</exception>
    /// <exception cref="ArgumentException">Other inputs are told of than the transaction has.</exception>
    public static Movement ToMovement(this Transaction transaction, ChainPosition position, DateTimeOffset time, IReadOnlyList<TxOut?>? spent = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        _ = position.Chain.ToNetwork();
        if (transaction.Inputs.Count == 0 || transaction.Outputs.Count == 0)
        {
            throw new ChainWatchException("the transaction has no inputs, or no outputs; expected one that a block can hold");
        }

        TransactionMovements movements = new(position.Chain);
        SpentOutput[] outputs = [.. (spent ?? []).Select(s => s is null ? default : movements.Spent(Satoshis(s), s.ScriptPubKey.ToBytes(true)))];
        int end = 0;
        TransactionView view = TransactionView.Read(transaction.ToBytes(), ref end);
        return movements.Make(view, view.ComputeId(), position, time, outputs);
    }

    /// <summary>A hash as a transaction id: the bytes that NBitcoin holds, reversed.</summary>
    public static TxId ToTxId(this uint256 hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return TxId.FromBytes(hash.ToBytes(lendian: false));
    }

    /// <summary>A transaction id as one of NBitcoin's hashes.</summary>
    public static uint256 ToUInt256(this TxId id)
    {
        byte[] bytes = new byte[32];
        id.CopyBytes(bytes);
        return new uint256(bytes, lendian: false);
    }

    private static ulong Satoshis(TxOut output) => output.Value.Satoshi >= 0
        ? (ulong)output.Value.Satoshi
        : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"an input spends {output.Value.Satoshi} satoshi; expected zero or more"));
}
