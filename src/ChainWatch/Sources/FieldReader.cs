using System.Buffers.Text;
using ChainWatch.Encoding;
using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>Reads the fields of rows of one file; an error names the file, the current line and the field.</summary>
internal sealed class FieldReader(string file)
{
    private const int AmountDigitsMax = 200; // more than any amount has, leading zeros included
    private const int WordDigits = 19; // as many always fit into 64 bits
    private const ulong WordRadix = 10_000_000_000_000_000_000;
    private LastValue<Chain> _chain;
    private LastValue<Asset> _asset;
    private LastValue<DateTimeOffset> _time;

    /// <summary>The line of the row that is being read.</summary>
    public int Line { get; set; }

    /// <summary>Where the row that is being read stands.</summary>
    public RowOrigin Origin => new(file, Line);

    /// <summary>The error that the current row's field is not what was expected.</summary>
    public ChainWatchException Error(string? field, string problem) => ChainWatchException.At(file, Line, field, Found.OneLine(problem));

    public Chain Chain(ReadOnlySpan<byte> text)
    {
        if (_chain.TryGet(text, out Chain chain))
        {
            return chain;
        }

        if (!ChainWatch.Chain.TryParse(Decode(text), out chain))
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

    public long Block(ReadOnlySpan<byte> text, string field = "block") =>
        IsDigits(text) && Utf8Parser.TryParse(text, out long block, out int read) && read == text.Length
            ? block
            : throw Error(field, $"{Found.Quote(text)} is not a block's height; expected an integer from 0 to 2^63-1");

    public int? Index(ReadOnlySpan<byte> text, string field = "position")
    {
        if (text.IsEmpty)
        {
            return null;
        }

        return IsDigits(text) && Utf8Parser.TryParse(text, out int index, out int read) && read == text.Length
            ? index
            : throw Error(field, $"{Found.Quote(text)} is not a transaction's index in its block; expected an integer from 0 to 2^31-1, or nothing");
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
            : throw Error(field, $"{Found.Quote(text)} is not a time; expected ISO 8601 such as 2025-02-21T14:29:47Z, or nothing");
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
            : throw Error(field, $"{Found.Quote(text)} is not a transaction's hash; expected 64 hexadecimal digits, or nothing");
    }

    public Address Address(ReadOnlySpan<byte> text, Chain chain, string field)
    {
        // The usual case without a string; upper case goes the long way, for its checksum.
        Span<byte> payload = stackalloc byte[20];
        if (chain.IsEvm && text.Length == 42 && text.StartsWith("0x"u8) && !text.ContainsAnyInRange((byte)'A', (byte)'F')
            && Convert.FromHexString(text[2..], payload, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            return ChainWatch.Address.FromPayload(chain, AddressKind.Evm, payload);
        }

        return AddressFormats.TryRead(Decode(text), chain, out Address address, out string? problem) ? address : throw Error(field, problem);
    }

    public Asset Asset(ReadOnlySpan<byte> text, Chain chain)
    {
        if (_asset.TryGet(text, out Asset asset) && asset.Chain == chain)
        {
            return asset;
        }

        bool isCoin = System.Text.Ascii.EqualsIgnoreCase(text, "native"u8)
            || (chain.IsEvm && System.Text.Ascii.EqualsIgnoreCase(text, "ETH"u8))
            || (chain.IsBitcoin && System.Text.Ascii.EqualsIgnoreCase(text, "BTC"u8));
        if (!isCoin && !(chain.IsEvm && text.StartsWith("0x"u8)))
        {
            throw Error("asset", $"{Found.Quote(text)} is not an asset of {chain}; expected native{(chain.IsEvm ? ", ETH or a token's contract address" : " or BTC")}");
        }

        return _asset.Set(text, isCoin ? ChainWatch.Asset.Native(chain) : ChainWatch.Asset.Token(Address(text, chain, "asset")));
    }

    public Amount Value(ReadOnlySpan<byte> text)
    {
        if (text.Length <= WordDigits && IsDigits(text) && Utf8Parser.TryParse(text, out ulong units, out _))
        {
            return Amount.From(units);
        }

        // Most sums of ether in wei.
        if (text.Length is > WordDigits and <= 2 * WordDigits && IsDigits(text)
            && Utf8Parser.TryParse(text[..^WordDigits], out ulong high, out _) && Utf8Parser.TryParse(text[^WordDigits..], out ulong low, out _))
        {
            return Amount.From(((UInt128)high * WordRadix) + low);
        }

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

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static string Decode(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);
}
