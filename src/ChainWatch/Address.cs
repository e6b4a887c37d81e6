using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ChainWatch.Encoding;

namespace ChainWatch;

/// <summary>
/// An address on a chain. Valid at birth: checksums are verified where the written form carries one.
/// Two addresses are equal where chain and payload are, however they were written (case, EIP-55).
/// </summary>
public readonly struct Address : IEquatable<Address>, IComparable<Address>
{
    // The payload, big-endian, so that comparing the words compares the bytes.
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;
    private readonly string? _text;

    private Address(Chain chain, AddressKind kind, ReadOnlySpan<byte> payload)
    {
        Chain = chain;
        Kind = kind;
        _word0 = BinaryPrimitives.ReadUInt64BigEndian(payload);
        _word1 = BinaryPrimitives.ReadUInt64BigEndian(payload[8..]);
        if (payload.Length == 20)
        {
            _word2 = (ulong)BinaryPrimitives.ReadUInt32BigEndian(payload[16..]) << 32;
            return;
        }

        _word2 = BinaryPrimitives.ReadUInt64BigEndian(payload[16..]);
        _word3 = BinaryPrimitives.ReadUInt64BigEndian(payload[24..]);
    }

    private Address(Chain chain, AddressKind kind, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        Chain = chain;
        Kind = kind;
        (_word0, _word1, _word2, _word3) = (word0, word1, word2, word3);
    }

    private Address(Chain chain, string canonicalText)
    {
        Chain = chain;
        Kind = AddressKind.Text;
        _text = canonicalText;
    }

    /// <summary>The chain the address is on.</summary>
    public Chain Chain { get; }

    /// <summary>The form of the address.</summary>
    public AddressKind Kind { get; }

    /// <summary>Payload length in bytes: 20 or 32; 0 for <see cref="AddressKind.Text"/>.</summary>
    public int PayloadLength => LengthOf(Kind);

    /// <summary>True for the EVM zero address, which stands for mint and burn and joins no path.</summary>
    public bool IsZero => Kind == AddressKind.Evm && (_word0 | _word1 | _word2) == 0;

    /// <summary>An address from its payload.</summary>
    /// <exception cref="ChainWatchException">The length does not fit the kind, or the kind does not fit the chain.</exception>
    public static Address FromPayload(Chain chain, AddressKind kind, ReadOnlySpan<byte> payload)
    {
        bool fits = kind == AddressKind.Evm ? chain.IsEvm : chain.IsBitcoin;
        return fits && payload.Length > 0 && payload.Length == LengthOf(kind)
            ? new Address(chain, kind, payload)
            : throw new ChainWatchException($"an address of kind {kind} with {payload.Length} bytes is not valid on {chain}");
    }

    /// <summary>The address of a Bitcoin witness program, as a script <c>OP_n push(program)</c> pays it.</summary>
    /// <param name="chain">Bitcoin or one of its test networks.</param>
    /// <param name="version">The witness version, 0 to 16.</param>
    /// <param name="program">2 to 40 bytes; 20 or 32 for version 0 (BIP 141).</param>
    /// <exception cref="ChainWatchException">No witness program, or the chain has none.</exception>
    public static Address FromWitnessProgram(Chain chain, int version, ReadOnlySpan<byte> program) =>
        chain.IsBitcoin && SegWitAddress.Allows(version, program.Length)
            ? BitcoinFormat.FromWitnessProgram(chain, version, program)
            : throw new ChainWatchException($"a witness program of version {version} with {program.Length} bytes is not valid on {chain}");

    /// <summary>
    /// Reads an address whose chain is told by its form; an <c>0x</c> address is taken as Ethereum's, one of Bitcoin's forms
    /// as Bitcoin's. A CAIP-10 identifier names its chain itself.
    /// </summary>
    /// <exception cref="ChainWatchException">The text is no address, or its checksum is wrong.</exception>
    public static Address Parse(string text) =>
        AddressFormats.TryRead(text, out Address address, out string? problem) ? address : throw new ChainWatchException(problem);

    /// <summary>Reads an address of a given chain.</summary>
    /// <exception cref="ChainWatchException">The text is no address of that chain, or its checksum is wrong.</exception>
    public static Address Parse(string text, Chain chain) =>
        AddressFormats.TryRead(text, chain, out Address address, out string? problem) ? address : throw new ChainWatchException(problem);

    /// <summary>Reads an address whose chain is told by its form; false where the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address) =>
        AddressFormats.TryRead(text ?? "", out address, out _);

    /// <summary>Reads an address of a given chain; false where the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, Chain chain, out Address address) =>
        AddressFormats.TryRead(text ?? "", chain, out address, out _);

    /// <summary>An address kept as text: its format's reader has checked and canonicalised it.</summary>
    internal static Address FromCanonicalText(Chain chain, string canonicalText) => new(chain, canonicalText);

    /// <summary>
    /// What a list prints as an address and is none (sanctions lists have misprints): kept to the letter, so that the entry
    /// is neither dropped nor mended. It equals the same text alone.
    /// </summary>
    internal static Address AsListed(string text, Chain chain) => new(chain, text);

    /// <summary>An address from the words of one that was valid; nothing is checked.</summary>
    internal static Address FromWords(Chain chain, AddressKind kind, ulong word0, ulong word1, ulong word2, ulong word3) =>
        new(chain, kind, word0, word1, word2, word3);

    /// <summary>The payload as big-endian words, its end padded with zeros; all zero for <see cref="AddressKind.Text"/>.</summary>
    internal void CopyWords(out ulong word0, out ulong word1, out ulong word2, out ulong word3) =>
        (word0, word1, word2, word3) = (_word0, _word1, _word2, _word3);

    /// <summary>The address as it counts on a chain: an EVM address counts on every EVM chain, any other on its own alone.</summary>
    internal Address CountedOn(Chain chain) => Kind == AddressKind.Evm && chain.IsEvm ? OnChain(chain) : this;

    /// <summary>The same 20 bytes on another EVM chain.</summary>
    /// <exception cref="InvalidOperationException">This address or the chain is not an EVM one.</exception>
    public Address OnChain(Chain chain)
    {
        if (Kind != AddressKind.Evm || !chain.IsEvm)
        {
            throw new InvalidOperationException($"{this} of {Chain} has no counterpart on {chain}");
        }

        Span<byte> payload = stackalloc byte[20];
        CopyPayload(payload);
        return new Address(chain, AddressKind.Evm, payload);
    }

    /// <summary>Writes the payload (<see cref="PayloadLength"/> bytes).</summary>
    public void CopyPayload(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _word0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _word1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _word2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _word3);
        bytes[..PayloadLength].CopyTo(destination);
    }

    /// <summary>The form in which equal addresses are written alike: lower-case hex on EVM chains, else as displayed.</summary>
    public string ToCanonicalString() => Kind == AddressKind.Text ? _text! : AddressFormats.Write(this, canonical: true);

    /// <summary>The CAIP-10 account identifier, <c>chain-id:address</c>.</summary>
    public string ToCaip10() => $"{Chain.Id}:{this}";

    /// <summary>The address as people write it: EIP-55 on EVM chains, Base58Check or Bech32 on Bitcoin.</summary>
    public override string ToString() => Kind == AddressKind.Text ? _text! : AddressFormats.Write(this, canonical: false);

    /// <inheritdoc/>
    public bool Equals(Address other) =>
        _word0 == other._word0 && _word1 == other._word1 && _word2 == other._word2 && _word3 == other._word3
        && Kind == other.Kind && Chain == other.Chain && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind == AddressKind.Text
        ? StringComparer.Ordinal.GetHashCode(_text!)
        : HashCode.Combine(_word0, _word1, _word2, _word3, Kind);

    /// <summary>Canonical order: chain, then <see cref="ToCanonicalString"/> by code unit. Outputs are sorted by it.</summary>
    public int CompareTo(Address other)
    {
        int byChain = Chain == other.Chain ? 0 : Chain.CompareTo(other.Chain);
        if (byChain != 0)
        {
            return byChain;
        }

        if (Kind == AddressKind.Evm && other.Kind == AddressKind.Evm)
        {
            int byWord0 = _word0.CompareTo(other._word0);
            int byWord1 = byWord0 != 0 ? byWord0 : _word1.CompareTo(other._word1);
            return byWord1 != 0 ? byWord1 : _word2.CompareTo(other._word2);
        }

        return string.CompareOrdinal(ToCanonicalString(), other.ToCanonicalString());
    }

    /// <summary>How many bytes the payload of a kind has; 0 for text.</summary>
    internal static int PayloadLengthOf(AddressKind kind) => LengthOf(kind);

    private static int LengthOf(AddressKind kind) => kind switch
    {
        AddressKind.Evm or AddressKind.P2Pkh or AddressKind.P2Sh or AddressKind.P2Wpkh => 20,
        AddressKind.P2Wsh or AddressKind.P2Tr => 32,
        _ => 0,
    };

    /// <summary>Equality of chain and payload.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Inequality of chain or payload.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);
}
