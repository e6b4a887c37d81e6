using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace ChainWatch;

/// <summary>A transaction's hash: 32 bytes, in the order in which people write them.</summary>
public readonly struct TxId : IEquatable<TxId>, IComparable<TxId>
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private TxId(UInt128 high, UInt128 low) => (_high, _low) = (high, low);

    /// <summary>From 32 bytes in written order (Bitcoin's internal order reversed).</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static TxId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 32
        ? new TxId(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException("a transaction hash has 32 bytes", nameof(bytes));

    /// <summary>Reads 64 hexadecimal digits, with or without <c>0x</c>.</summary>
    /// <exception cref="ChainWatchException">The text is not of that form.</exception>
    public static TxId Parse(string text) => TryParse(text, out TxId id)
        ? id
        : throw new ChainWatchException($"'{text}' is not a transaction hash: expected 64 hexadecimal digits, with or without 0x");

    /// <summary>Reads 64 hexadecimal digits, with or without <c>0x</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TxId id) => TryParse(text.AsSpan(), out id);

    /// <summary>Reads 64 hexadecimal digits, with or without <c>0x</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TxId id)
    {
        id = default;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        Span<byte> bytes = stackalloc byte[32];
        if (text.Length != 64 || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        id = FromBytes(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes in written order.</summary>
    public void CopyBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <summary>The 64 digits in lower case, with <c>0x</c> on EVM chains and without elsewhere.</summary>
    public string ToString(Chain chain) => chain.IsEvm ? $"0x{this}" : ToString();

    /// <summary>The 64 digits in lower case, without <c>0x</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[32];
        CopyBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(TxId other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TxId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc/>
    public int CompareTo(TxId other)
    {
        int byHigh = _high.CompareTo(other._high);
        return byHigh != 0 ? byHigh : _low.CompareTo(other._low);
    }

    /// <summary>Equality.</summary>
    public static bool operator ==(TxId left, TxId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(TxId left, TxId right) => !left.Equals(right);
}
