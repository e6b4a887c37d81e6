namespace ChainWatch.Encoding;

/// <summary>
/// Addresses of Bitcoin's networks: Base58Check with one version byte, and witness programs. Signet and both test
/// networks share their prefixes; regtest shares the Base58Check ones. Source: Bitcoin Core, chainparams.
/// </summary>
internal static class BitcoinFormat
{
    private const int HashLength = 20;

    private static readonly Network Main = new("bc", 0, 5, "1…, 3… or bc1…");
    private static readonly Network Test = new("tb", 111, 196, "m…, n…, 2… or tb1…");
    private static readonly Network Regtest = new("bcrt", 111, 196, "m…, n…, 2… or bcrt1…");

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        Network network = NetworkOf(chain);
        if (SegWitAddress.Looks(text, network.HumanPart))
        {
            return ReadSegWit(text, chain, network, out address);
        }

        if (LooksLikeTestSegWit(text) || SegWitAddress.Looks(text, Main.HumanPart))
        {
            address = default;
            return $"is an address of another Bitcoin network than {chain}: expected {network.Expected}";
        }

        return ReadBase58(text, chain, network, out address);
    }

    /// <summary>Writes an address whose payload is a hash or a witness program.</summary>
    public static string Write(Address address)
    {
        Network network = NetworkOf(address.Chain);
        Span<byte> bytes = stackalloc byte[1 + 32];
        address.CopyPayload(bytes[1..]);
        switch (address.Kind)
        {
            case AddressKind.P2Pkh or AddressKind.P2Sh:
                bytes[0] = address.Kind == AddressKind.P2Pkh ? network.P2PkhVersion : network.P2ShVersion;
                return Base58Check.Encode(bytes[..(1 + HashLength)], Base58Alphabet.Bitcoin);
            default:
                return SegWitAddress.Write(network.HumanPart, address.Kind == AddressKind.P2Tr ? 1 : 0, bytes.Slice(1, address.PayloadLength));
        }
    }

    /// <summary>The address of a witness program that <see cref="SegWitAddress.Allows"/>. Those without a kind of their own are kept as text.</summary>
    public static Address FromWitnessProgram(Chain chain, int version, ReadOnlySpan<byte> program) => (version, program.Length) switch
    {
        (0, 20) => Address.FromPayload(chain, AddressKind.P2Wpkh, program),
        (0, 32) => Address.FromPayload(chain, AddressKind.P2Wsh, program),
        (1, 32) => Address.FromPayload(chain, AddressKind.P2Tr, program),
        _ => Address.FromCanonicalText(chain, SegWitAddress.Write(NetworkOf(chain).HumanPart, version, program)),
    };

    /// <summary>Whether the text has the prefix of a witness program of a network other than the main one.</summary>
    public static bool LooksLikeTestSegWit(string text) =>
        SegWitAddress.Looks(text, Test.HumanPart) || SegWitAddress.Looks(text, Regtest.HumanPart);

    /// <summary>Whether the byte is a Base58Check version of a network other than the main one.</summary>
    public static bool IsTestVersion(byte version) => version == Test.P2PkhVersion || version == Test.P2ShVersion;

    private static Network NetworkOf(Chain chain) =>
        chain == Chain.Bitcoin ? Main : chain == Chain.BitcoinRegtest ? Regtest : Test;

    private static string? ReadSegWit(string text, Chain chain, Network network, out Address address)
    {
        Span<byte> program = stackalloc byte[SegWitAddress.ProgramLengthMax];
        string? problem = SegWitAddress.Read(text, network.HumanPart, program, out int version, out int length);
        address = problem is null ? FromWitnessProgram(chain, version, program[..length]) : default;
        return problem;
    }

    private static string? ReadBase58(string text, Chain chain, Network network, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Base58.BytesMax];
        Base58CheckResult result = Base58Check.Decode(text, Base58Alphabet.Bitcoin, bytes, out int length);
        if (result != Base58CheckResult.Valid)
        {
            return AddressProblem.Checksum(text, result, chain, network.Expected);
        }

        if (length != 1 + HashLength || (bytes[0] != network.P2PkhVersion && bytes[0] != network.P2ShVersion))
        {
            return AddressProblem.Form(chain, network.Expected);
        }

        AddressKind kind = bytes[0] == network.P2PkhVersion ? AddressKind.P2Pkh : AddressKind.P2Sh;
        address = Address.FromPayload(chain, kind, bytes.Slice(1, HashLength));
        return null;
    }

    private sealed record Network(string HumanPart, byte P2PkhVersion, byte P2ShVersion, string Expected);
}
