using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>A transaction that the endpoint told. Its id was recomputed from what it told.</summary>
/// <param name="id">The id.</param>
/// <param name="bytes">Its form without witness, whose hash the id is.</param>
/// <param name="told">What its inputs spend on the endpoint's word, in their order; null where it does not tell.</param>
/// <param name="block">Its block by the endpoint's word; null where it waits for one.</param>
internal sealed class EsploraTransaction(TxId id, byte[] bytes, PreviousOutput?[] told, ToldBlock? block)
{
    public TxId Id => id;

    public int Length => bytes.Length;

    public ToldBlock? Block => block;

    public IReadOnlyList<PreviousOutput?> Told => told;

    /// <summary>The transaction's form, which was checked when it was told.</summary>
    public TransactionView View
    {
        get
        {
            int offset = 0;
            return TransactionView.Read(bytes, ref offset);
        }
    }

    /// <summary>What the inputs spend, in their order; empty for a coinbase.</summary>
    public OutPoint[] Spends()
    {
        TransactionView view = View;
        if (view.IsCoinbase)
        {
            return [];
        }

        OutPoint[] all = new OutPoint[view.InputCount];
        int i = 0;
        foreach (InputView input in view.Inputs)
        {
            all[i++] = input.OutPoint;
        }

        return all;
    }

    /// <summary>An output; null where there is none of that index.</summary>
    public PreviousOutput? OutputAt(int index)
    {
        foreach (OutputView output in View.Outputs)
        {
            if (index-- == 0)
            {
                return new PreviousOutput(output.Value, output.Script.ToArray());
            }
        }

        return null;
    }

    /// <summary>Whether an output pays an address, by the output's script.</summary>
    public bool Pays(Address address)
    {
        foreach (OutputView output in View.Outputs)
        {
            if (OutputScript.TryGetAddress(address.Chain, output.Script, out _, out Address owner) && owner == address)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The block that a transaction is in, by the endpoint's word.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash in lower case.</param>
internal readonly record struct ToldBlock(long Height, string Hash);
