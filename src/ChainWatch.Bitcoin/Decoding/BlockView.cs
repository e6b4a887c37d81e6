using System.Globalization;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// A block in the bytes it was read from: its header, and its transactions one after the other, in one pass and without
/// allocation. <c>while (block.Read(out TransactionView transaction)) …</c>
/// </summary>
public ref struct BlockView
{
    private const int TransactionLengthMin = 60;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _offset;
    private int _read;

    /// <summary>A block that starts with the first byte given. Bytes behind its last transaction are left alone: see <see cref="Offset"/>.</summary>
    /// <exception cref="BitcoinFormatException">The header or the count is malformed.</exception>
    public BlockView(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Header = new BlockHeader(bytes);
        _offset = BlockHeader.Length;
        TransactionCount = CompactSize.ReadCount(bytes, ref _offset, TransactionLengthMin, "count of transactions");
        if (TransactionCount == 0)
        {
            throw new BitcoinFormatException(BlockHeader.Length, "a block without transactions; expected at least the coinbase");
        }
    }

    /// <summary>The header.</summary>
    public BlockHeader Header { get; }

    /// <summary>How many transactions the block says it has, at least 1.</summary>
    public int TransactionCount { get; }

    /// <summary>Where the next transaction starts; behind the last one the block's length.</summary>
    public readonly int Offset => _offset;

    /// <summary>Reads the next transaction; false behind the last.</summary>
    /// <exception cref="BitcoinFormatException">It is malformed or cut off.</exception>
    public bool Read(out TransactionView transaction)
    {
        if (_read == TransactionCount)
        {
            transaction = default;
            return false;
        }

        transaction = TransactionView.Read(_bytes, ref _offset);
        _read++;
        return true;
    }

    /// <summary>Checks that nothing follows the last transaction, which was read.</summary>
    /// <exception cref="BitcoinFormatException">Something does.</exception>
    public readonly void RequireEnd()
    {
        if (_offset != _bytes.Length)
        {
            throw new BitcoinFormatException(_offset, string.Create(CultureInfo.InvariantCulture, $"{_bytes.Length - _offset} bytes follow the block's last transaction; expected none"));
        }
    }
}
