using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>How many inputs every transaction of a block has and what it pays: enough to tell the block's undo data from those of a sibling.</summary>
internal sealed class BlockSpending
{
    private readonly List<(int Inputs, UInt128 Paid)> _transactions = [];

    private BlockSpending()
    {
    }

    /// <summary>Reads it from a block.</summary>
    /// <exception cref="BitcoinFormatException">The block is malformed.</exception>
    public static BlockSpending Read(ReadOnlySpan<byte> bytes)
    {
        BlockSpending spending = new();
        BlockView block = new(bytes);
        block.Read(out _);
        while (block.Read(out TransactionView transaction))
        {
            UInt128 paid = 0;
            foreach (OutputView output in transaction.Outputs)
            {
                paid += output.Value;
            }

            spending._transactions.Add((transaction.InputCount, paid));
        }

        return spending;
    }

    /// <summary>True where undo data has the form of this block's, and no transaction pays more than it spends.</summary>
    public bool CanBePaidBy(ReadOnlySpan<byte> undo)
    {
        try
        {
            UndoReader reader = new(undo);
            foreach ((int inputs, UInt128 paid) in _transactions)
            {
                UInt128 spent = 0;
                for (int left = reader.NextTransaction(inputs); left > 0; left--)
                {
                    spent += (UInt128)reader.NextInput().Value;
                }

                if (spent < paid)
                {
                    return false;
                }
            }

            reader.End();
            return true;
        }
        catch (BitcoinFormatException)
        {
            // Another block's, with other numbers of inputs: its checksum is right all the same.
            return false;
        }
    }
}
