using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin;

/// <summary>Makes movements of transactions: one transaction is one movement, with every input and output and their outpoints.</summary>
/// <param name="chain">The network, in whose form addresses are written.</param>
public sealed class TransactionMovements(Chain chain)
{
    private readonly Asset _coin = Asset.Native(chain);

    /// <summary>How many outputs without an address were met, by form.</summary>
    internal ScriptTally WithoutAddress { get; } = new();

    /// <summary>Makes the movement of a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="id">Its id.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="time">The block's time.</param>
    /// <param name="spent">What its inputs spend, in their order; empty where that is not known. Not looked at for a coinbase.</param>
    /// <exception cref="BitcoinFormatException">An amount is more than there can be, or an outpoint's index.</exception>
    /// <exception cref="ArgumentException">Other inputs are told of than the transaction has.</exception>
    public Movement Make(TransactionView transaction, TxId id, ChainPosition position, DateTimeOffset time, ReadOnlySpan<SpentOutput> spent)
    {
        MovementInput[] inputs = [];
        if (!transaction.IsCoinbase)
        {
            if (!spent.IsEmpty && spent.Length != transaction.InputCount)
            {
                throw new ArgumentException($"{spent.Length} spent outputs for {transaction.InputCount} inputs; expected one for each, or none", nameof(spent));
            }

            inputs = new MovementInput[transaction.InputCount];
            int i = 0;
            foreach (InputView input in transaction.Inputs)
            {
                SpentOutput output = spent.IsEmpty ? default : spent[i];
                inputs[i++] = new MovementInput(output.Owner, output.Value, input.OutPoint, output.IsKnown && output.Owner is null);
            }
        }

        MovementOutput[] outputs = new MovementOutput[transaction.OutputCount];
        int n = 0;
        foreach (OutputView output in transaction.Outputs)
        {
            outputs[n] = new MovementOutput(OwnerOf(output.Script), Satoshis.Check(output.Value), new OutPoint(id, n));
            n++;
        }

        return new Movement { Position = position, Asset = _coin, Tx = id, Time = time, Inputs = inputs, Outputs = outputs };
    }

    /// <summary>An output that was spent, from its value and script.</summary>
    /// <exception cref="BitcoinFormatException">The value is more than there can be.</exception>
    public SpentOutput Spent(ulong value, ReadOnlySpan<byte> script) =>
        new(OutputScript.TryGetAddress(chain, script, out _, out Address owner) ? owner : null, Satoshis.Check(value), IsKnown: true);

    private Address? OwnerOf(ReadOnlySpan<byte> script)
    {
        if (OutputScript.TryGetAddress(chain, script, out ScriptKind kind, out Address address))
        {
            return address;
        }

        WithoutAddress.Count(kind);
        return null;
    }
}

/// <summary>An output that an input spends.</summary>
/// <param name="Owner">Whose it was; null where it has no address, or is not known.</param>
/// <param name="Value">Its value in satoshis.</param>
/// <param name="IsKnown">False: nothing is known of it.</param>
public readonly record struct SpentOutput(Address? Owner, Amount Value, bool IsKnown);
