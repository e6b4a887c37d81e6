using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ChainWatch;

/// <summary>
/// A blockchain, named by its CAIP-2 identifier (<c>namespace:reference</c>, for example <c>eip155:1</c>).
/// A value, not an enumeration: any EVM chain works by its chain id.
/// </summary>
/// <remarks>Source: CAIP-2 (namespace 3 to 8 of <c>-a-z0-9</c>, reference 1 to 32 of <c>-_a-zA-Z0-9</c>).</remarks>
public readonly struct Chain : IEquatable<Chain>, IComparable<Chain>
{
    private static readonly (string Name, string Id)[] Known =
    [
        ("ethereum", "eip155:1"),
        ("bitcoin", "bip122:000000000019d6689c085ae165831e93"),
        ("bitcoin-testnet", "bip122:000000000933ea01ad0ee984209779ba"),
        ("bitcoin-testnet4", "bip122:00000000da84f2bafbbc53dee25a72ae"),
        ("bitcoin-regtest", "bip122:0f9188f13cb7b2c71f2a335e3a4fc328"),
        ("bitcoin-signet", "bip122:00000008819873e925422c1ff0f99f7c"),
        ("litecoin", "bip122:12a765e31ffd4059bada1e25190f6e98"),
        ("dash", "bip122:00000ffd590b1485b3caadc19b22e637"),
        ("zcash", "bip122:00040fe8ec8471911baa1db1266ea15d"),
        ("dogecoin", "bip122:1a91e3dace36e2be3bf030a65679fe82"),
        ("bitcoin-cash", "bip122:000000000000000000651ef99cb9fcbe"),
        ("bitcoin-sv", "bip122:000000000000000001d956714215d96f"),
        // No published identifier, and Bitcoin Gold's own first block was not found: Bitcoin's block at the fork's height, 491407.
        ("bitcoin-gold", "bip122:000000000000000000e5438564434eda"),
        ("verge", "bip122:00000fc63692467faeb20cdb3b53200d"),
        ("ethereum-classic", "eip155:61"),
        ("bnb-smart-chain", "eip155:56"),
        ("polygon", "eip155:137"),
        ("arbitrum", "eip155:42161"),
        ("optimism", "eip155:10"),
        ("gnosis", "eip155:100"),
        ("avalanche", "eip155:43114"),
        ("base", "eip155:8453"),
        ("bnb-beacon-chain", "cosmos:Binance-Chain-Tigris"),
        ("tron", "tron:0x2b6653dc"),
        ("monero", "monero:418015bb9ae982a1975da7d79277c270"),
        ("solana", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"),
        ("xrp", "xrpl:0"),
    ];

    private static readonly Dictionary<string, Chain> ByName = Known.ToDictionary(k => k.Name, k => new Chain(k.Id), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Names = Known.ToDictionary(k => k.Id, k => k.Name, StringComparer.Ordinal);

    private static readonly SearchValues<char> NamespaceCharacters = SearchValues.Create("-abcdefghijklmnopqrstuvwxyz0123456789");

    private readonly string? _id;

    private Chain(string id) => _id = id;

    /// <summary>Ethereum mainnet, <c>eip155:1</c>.</summary>
    public static Chain Ethereum { get; } = ByName["ethereum"];

    /// <summary>Bitcoin mainnet, <c>bip122:000000000019d6689c085ae165831e93</c>.</summary>
    public static Chain Bitcoin { get; } = ByName["bitcoin"];

    /// <summary>Bitcoin testnet (version 3).</summary>
    public static Chain BitcoinTestnet { get; } = ByName["bitcoin-testnet"];

    /// <summary>Bitcoin testnet, version 4 (BIP 94). Its addresses are written as those of version 3.</summary>
    public static Chain BitcoinTestnet4 { get; } = ByName["bitcoin-testnet4"];

    /// <summary>Bitcoin signet (BIP 325). Its addresses are written as those of testnet.</summary>
    public static Chain BitcoinSignet { get; } = ByName["bitcoin-signet"];

    /// <summary>Bitcoin regtest: a private chain for tests.</summary>
    public static Chain BitcoinRegtest { get; } = ByName["bitcoin-regtest"];

    /// <summary>The CAIP-2 identifier; empty for the default value, which is no chain.</summary>
    public string Id => _id ?? "";

    /// <summary>The CAIP-2 namespace: <c>eip155</c> for EVM chains, <c>bip122</c> for Bitcoin and its relatives.</summary>
    public string Namespace => Id[..Math.Max(0, Id.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>The short name (<c>ethereum</c>, <c>bitcoin</c>, …), or the CAIP-2 identifier where there is none.</summary>
    public string Name => Names.GetValueOrDefault(Id, Id);

    /// <summary>True for Ethereum and every other chain of the namespace <c>eip155</c>.</summary>
    public bool IsEvm => Id.StartsWith("eip155:", StringComparison.Ordinal);

    /// <summary>True for Bitcoin mainnet, both testnets, signet and regtest.</summary>
    public bool IsBitcoin => this == Bitcoin || this == BitcoinTestnet || this == BitcoinTestnet4 || this == BitcoinSignet || this == BitcoinRegtest;

    /// <summary>True where this version can trace: EVM chains and Bitcoin. The others can be screened.</summary>
    public bool CanBeTraced => IsEvm || IsBitcoin;

    /// <summary>The EVM chain with this chain id (EIP-155).</summary>
    public static Chain Evm(ulong chainId) => Parse($"eip155:{chainId}");

    /// <summary>Reads a short name, in any case, or a CAIP-2 identifier, whose case counts.</summary>
    /// <exception cref="ChainWatchException">The text names no chain.</exception>
    public static Chain Parse(string text) => TryParse(text, out Chain chain)
        ? chain
        : throw new ChainWatchException($"unknown chain '{text}': expected ethereum, bitcoin, another known name, or a CAIP-2 id such as eip155:137");

    /// <summary>Reads a short name, in any case, or a CAIP-2 identifier, whose case counts; false where the text is neither.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Chain chain)
    {
        chain = default;
        if (text is null)
        {
            return false;
        }

        if (ByName.TryGetValue(text, out chain))
        {
            return true;
        }

        if (!IsCaip2(text))
        {
            return false;
        }

        chain = new Chain(text);
        return true;
    }

    private static bool IsCaip2(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 3 or > 8 || text.Length - colon - 1 is < 1 or > 32)
        {
            return false;
        }

        bool isNamespace = text.AsSpan(0, colon).IndexOfAnyExcept(NamespaceCharacters) < 0;
        ReadOnlySpan<char> reference = text.AsSpan(colon + 1);
        if (text.StartsWith("eip155:", StringComparison.Ordinal))
        {
            return reference.IndexOfAnyExceptInRange('0', '9') < 0 && reference[0] != '0';
        }

        foreach (char c in reference)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return isNamespace;
    }

    /// <inheritdoc/>
    public bool Equals(Chain other) => ReferenceEquals(_id, other._id) || string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Chain other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>Orders by short name, then CAIP-2 identifier: a fixed order for outputs, without meaning.</summary>
    public int CompareTo(Chain other) => string.CompareOrdinal(Name, other.Name);

    /// <summary>The short name.</summary>
    public override string ToString() => Name;

    /// <summary>Equality of the CAIP-2 identifiers.</summary>
    public static bool operator ==(Chain left, Chain right) => left.Equals(right);

    /// <summary>Inequality of the CAIP-2 identifiers.</summary>
    public static bool operator !=(Chain left, Chain right) => !left.Equals(right);
}
