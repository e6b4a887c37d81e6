using System.Buffers.Binary;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>How many inputs every transaction of a block has and what it pays: enough to tell the block's undo data from those of a sibling.</summary>
internal sealed class BlockSpending
{
    private readonly List<(int Inputs, UInt128 Paid)> _transactions = [];

    private BlockSpending()
    {
    }

    /// <summary>Walks over a block.</summary>
    /// <exception cref="BitcoinFormatException">The block is malformed.</exception>
    public static BlockSpending Read(ReadOnlySpan<byte> block)
    {
        BlockSpending spending = new();
        int at = 80;
        int transactions = Count(block, ref at);
        for (int i = 0; i < transactions; i++)
        {
            (int, UInt128) transaction = Transaction(block, ref at);
            if (i > 0)
            {
                spending._transactions.Add(transaction);
            }
        }

        return at == block.Length ? spending : throw new BitcoinFormatException(at, $"{block.Length - at} bytes behind the last transaction of a block");
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
                    spent += (ulong)reader.NextInput().Value;
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
            // A checksum over data that is not of the form: another block's, with other numbers of inputs.
            return false;
        }
    }

    private static (int Inputs, UInt128 Paid) Transaction(ReadOnlySpan<byte> block, ref int at)
    {
        Skip(block, ref at, 4);
        bool hasWitness = at + 1 < block.Length && block[at] == 0 && block[at + 1] == 1;
        at += hasWitness ? 2 : 0;
        int inputs = Count(block, ref at);
        for (int i = 0; i < inputs; i++)
        {
            Skip(block, ref at, 36);
            Skip(block, ref at, Count(block, ref at));
            Skip(block, ref at, 4);
        }

        UInt128 paid = 0;
        for (int left = Count(block, ref at); left > 0; left--)
        {
            int value = at;
            Skip(block, ref at, 8);
            paid += BinaryPrimitives.ReadUInt64LittleEndian(block[value..]);
            Skip(block, ref at, Count(block, ref at));
        }

        for (int i = 0; hasWitness && i < inputs; i++)
        {
            for (int left = Count(block, ref at); left > 0; left--)
            {
                Skip(block, ref at, Count(block, ref at));
            }
        }

        Skip(block, ref at, 4);
        return (inputs, paid);
    }

    private static int Count(ReadOnlySpan<byte> block, ref int at)
    {
        int start = at;
        return CompactSize.TryRead(block, ref at, out ulong count) && count <= (ulong)(block.Length - at)
            ? (int)count
            : throw new BitcoinFormatException(start, "no count that fits the block");
    }

    private static void Skip(ReadOnlySpan<byte> block, ref int at, int length)
    {
        if (length > block.Length - at)
        {
            throw new BitcoinFormatException(at, $"the block ends where {length} more bytes were expected");
        }

        at += length;
    }
}
