using System.Buffers.Text;
using ChainWatch.Encoding;
using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>Reads the fields of rows of one file; an error names the file, the current line and the field.</summary>
internal sealed class FieldReader(string file)
{
    private const int AmountDigitsMax = 200; // more than any amount has, leading zeros included
    private const ulong WordRadix = 10_000_000_000_000_000_000; // ten to the power of Digits.CountMax
    private LastValue<Chain> _chain;
    private LastValue<Asset> _asset;
    private LastValue<DateTimeOffset> _time;

    /// <summary>The line of the row that is being read.</summary>
    public int Line { get; set; }

    /// <summary>Where the row that is being read stands.</summary>
    public RowOrigin Origin => new(file, Line);

    /// <summary>The error that the current row's field is not what was expected.</summary>
    public ChainWatchException Error(string? field, string problem) => ChainWatchException.At(file, Line, field, Found.OneLine(problem));

    public Chain Chain(ReadOnlySpan<byte> text) => _chain.Holds(text) ? _chain.Value : NextChain(text);

    public long Block(ReadOnlySpan<byte> text, string field = "block") =>
        TryReadNumber(text, long.MaxValue, out ulong block)
            ? (long)block
            : throw NotBlock(text, field);

    public int? Index(ReadOnlySpan<byte> text, string field = "position")
    {
        if (text.IsEmpty)
        {
            return null;
        }

        return TryReadNumber(text, int.MaxValue, out ulong index)
            ? (int)index
            : throw NotIndex(text, field);
    }

    public DateTimeOffset? Time(ReadOnlySpan<byte> text, string field = "time")
    {
        if (text.IsEmpty)
        {
            return null;
        }

        if (_time.TryGet(text, out DateTimeOffset time))
        {
            return time;
        }

        return UtcTime.TryParse(text, out time)
            ? _time.Set(text, time)
            : throw NotTime(text, field);
    }

    public TxId? Tx(ReadOnlySpan<byte> text, string field = "tx")
    {
        if (text.IsEmpty)
        {
            return null;
        }

        ReadOnlySpan<byte> digits = text.StartsWith("0x"u8) ? text[2..] : text;
        Span<byte> bytes = stackalloc byte[32];
        return digits.Length == 64 && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? TxId.FromBytes(bytes)
            : throw NotTx(text, field);
    }

    public Address Address(ReadOnlySpan<byte> text, Chain chain, string field)
    {
        Span<byte> payload = stackalloc byte[EvmTransfer.AddressLength];
        if (chain.IsEvm && TryReadPayload(text, payload))
        {
            return ChainWatch.Address.FromPayload(chain, AddressKind.Evm, payload);
        }

        return AddressFormats.TryRead(Decode(text), chain, out Address address, out string? problem) ? address : throw Error(field, problem);
    }

    /// <summary>The 20 bytes of an EVM address in its usual form; false for any other text, also where it is an address: capital letters go the long way, for their checksum.</summary>
    public static bool TryReadPayload(ReadOnlySpan<byte> text, Span<byte> payload) =>
        text.Length == 2 + (2 * EvmTransfer.AddressLength) && text.StartsWith("0x"u8) && !text.ContainsAnyInRange((byte)'A', (byte)'F')
        && Convert.FromHexString(text[2..], payload, out _, out _) == System.Buffers.OperationStatus.Done;

    /// <summary>The asset; valid until the next is read.</summary>
    public ref readonly Asset Asset(ReadOnlySpan<byte> text, Chain chain)
    {
        if (_asset.Holds(text) && _asset.Value.Chain == chain)
        {
            return ref _asset.Value;
        }

        SetAsset(text, chain);
        return ref _asset.Value;
    }

    public Amount Value(ReadOnlySpan<byte> text)
    {
        if (Digits.TryRead(text, out ulong units))
        {
            return Amount.From(units);
        }

        // Most sums of ether in wei.
        if (text.Length is > Digits.CountMax and <= 2 * Digits.CountMax
            && Digits.TryRead(text[..^Digits.CountMax], out ulong high) && Digits.TryRead(text[^Digits.CountMax..], out ulong low))
        {
            return Amount.From(((UInt128)high * WordRadix) + low);
        }

        return WidestValue(text);
    }

    public OutPoint? OutPoint(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        return ChainWatch.OutPoint.TryParse(Decode(text), out OutPoint outPoint)
            ? outPoint
            : throw Error("outpoint", $"{Found.Quote(text)} is not an output; expected a transaction's hash, a colon and the output's index, or nothing");
    }

    private Chain NextChain(ReadOnlySpan<byte> text)
    {
        if (!ChainWatch.Chain.TryParse(Decode(text), out Chain chain))
        {
            throw Error("chain", $"unknown chain {Found.Quote(text)}; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137");
        }

        if (!chain.CanBeTraced)
        {
            throw Error("chain", $"{Found.Quote(text)} can be screened, not traced; expected an EVM chain or Bitcoin");
        }

        // An asset's text means another asset on another chain.
        _asset.Clear();
        return _chain.Set(text, chain);
    }

    private void SetAsset(ReadOnlySpan<byte> text, Chain chain)
    {
        bool isCoin = System.Text.Ascii.EqualsIgnoreCase(text, "native"u8)
            || (chain.IsEvm && System.Text.Ascii.EqualsIgnoreCase(text, "ETH"u8))
            || (chain.IsBitcoin && System.Text.Ascii.EqualsIgnoreCase(text, "BTC"u8));
        if (!isCoin && !(chain.IsEvm && text.StartsWith("0x"u8)))
        {
            throw Error("asset", $"{Found.Quote(text)} is not an asset of {chain}; expected native{(chain.IsEvm ? ", ETH or a token's contract address" : " or BTC")}");
        }

        _asset.Set(text, isCoin ? ChainWatch.Asset.Native(chain) : ChainWatch.Asset.Token(Address(text, chain, "asset")));
    }

    private Amount WidestValue(ReadOnlySpan<byte> text)
    {
        Span<char> digits = stackalloc char[AmountDigitsMax];
        if (text.Length <= AmountDigitsMax && Amount.TryParse(digits[..System.Text.Encoding.UTF8.GetChars(text, digits)], out Amount amount))
        {
            return amount;
        }

        string problem = text.IsEmpty ? "is empty"
            : IsDigits(text) ? $"{Found.Quote(text)} is above 2^256-1"
            : text[0] == '-' && IsDigits(text[1..]) ? $"{Found.Quote(text)} is negative"
            : $"{Found.Quote(text)} is not an integer";
        throw Error("value", $"{problem}; expected an integer of base units from 0 to 2^256-1");
    }

    // Zeros may stand before more digits than fit.
    private static bool TryReadNumber(ReadOnlySpan<byte> text, long max, out ulong number) =>
        (Digits.TryRead(text, out number) || (IsDigits(text) && Utf8Parser.TryParse(text, out number, out _))) && number <= (ulong)max;

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // Apart from the reading, which every row does: making a message needs room that would be cleared each time.
    private ChainWatchException NotBlock(ReadOnlySpan<byte> text, string field) =>
        Error(field, $"{Found.Quote(text)} is not a block's height; expected an integer from 0 to 2^63-1");

    private ChainWatchException NotIndex(ReadOnlySpan<byte> text, string field) =>
        Error(field, $"{Found.Quote(text)} is not a transaction's index in its block; expected an integer from 0 to 2^31-1, or nothing");

    private ChainWatchException NotTime(ReadOnlySpan<byte> text, string field) =>
        Error(field, $"{Found.Quote(text)} is not a time; expected ISO 8601 such as 2025-02-21T14:29:47Z, or nothing");

    private ChainWatchException NotTx(ReadOnlySpan<byte> text, string field) =>
        Error(field, $"{Found.Quote(text)} is not a transaction's hash; expected 64 hexadecimal digits, or nothing");

    private static string Decode(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);
}
