using System.Globalization;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>
/// Esplora's words for scripts, and which of them have an address.
/// </summary>
/// <remarks>
/// Source: Blockstream/electrs src/rest.rs (TxOutValue) and src/util/script.rs; "multisig" and "anchor" are words of
/// mempool/electrs alone, Blockstream's says "unknown". A P2PK script has a word and no address there, although older
/// nodes print the address of its key's hash.
/// </remarks>
internal static class EsploraScript
{
    /// <summary>The word for a script.</summary>
    public static string TypeOf(string script) => script switch
    {
        "" => "empty",
        ['6', 'a', ..] => "op_return",
        _ when IsAround(script, "21", 70, "ac") || IsAround(script, "41", 134, "ac") => "p2pk",
        _ when IsAround(script, "76a914", 50, "88ac") => "p2pkh",
        _ when IsAround(script, "a914", 46, "87") => "p2sh",
        _ when IsAround(script, "0014", 44, "") => "v0_p2wpkh",
        _ when IsAround(script, "0020", 68, "") => "v0_p2wsh",
        _ when IsAround(script, "5120", 68, "") => "v1_p2tr",
        "51024e73" => "anchor",
        _ when IsMultisig(script) => "multisig",
        _ => "unknown",
    };

    /// <summary>The address of a script, in its canonical form; null where it has none.</summary>
    /// <param name="script">The script.</param>
    /// <param name="chain">The network, which decides how the address is written.</param>
    public static string? AddressOf(string script, Chain chain) => TypeOf(script) switch
    {
        "p2pkh" => Address.FromPayload(chain, AddressKind.P2Pkh, Convert.FromHexString(script.AsSpan(6, 40))).ToCanonicalString(),
        "p2sh" => Address.FromPayload(chain, AddressKind.P2Sh, Convert.FromHexString(script.AsSpan(4, 40))).ToCanonicalString(),
        _ when WitnessVersion(script) is int version => Address.FromWitnessProgram(chain, version, Convert.FromHexString(script.AsSpan(4))).ToCanonicalString(),
        _ => null,
    };

    /// <summary>The script of an address.</summary>
    public static string Of(Address address)
    {
        Span<byte> bytes = stackalloc byte[32];
        address.CopyPayload(bytes);
        string payload = Convert.ToHexStringLower(bytes[..address.PayloadLength]);
        return address.Kind switch
        {
            AddressKind.P2Pkh => $"76a914{payload}88ac",
            AddressKind.P2Sh => $"a914{payload}87",
            AddressKind.P2Wpkh => $"0014{payload}",
            AddressKind.P2Wsh => $"0020{payload}",
            AddressKind.P2Tr => $"5120{payload}",
            _ => throw new ArgumentException($"{address} has no script here", nameof(address)),
        };
    }

    // BIP 141: a version and one push of 2 to 40 bytes.
    private static int? WitnessVersion(string script)
    {
        if (script.Length is < 8 or > 84 || Number(script[2..4]) != (script.Length / 2) - 2)
        {
            return null;
        }

        return Number(script[..2]) switch { 0 => 0, >= 0x51 and <= 0x60 and int opcode => opcode - 0x50, _ => null };
    }

    private static bool IsAround(string script, string start, int length, string end) =>
        script.Length == length && script.StartsWith(start, StringComparison.Ordinal) && script.EndsWith(end, StringComparison.Ordinal);

    // m, n public keys of 33 or 65 bytes, n, CHECKMULTISIG.
    private static bool IsMultisig(string script)
    {
        if (script.Length < 6 || !script.EndsWith("ae", StringComparison.Ordinal))
        {
            return false;
        }

        int keys = 0;
        int at = 2;
        while (at + 4 < script.Length && script.AsSpan(at, 2) is "21" or "41")
        {
            at += script[at] == '2' ? 68 : 132;
            keys++;
        }

        return at == script.Length - 4 && keys > 0 && Number(script[at..(at + 2)]) - 0x50 == keys && Number(script[..2]) is > 0x50 and int m && m - 0x50 <= keys;
    }

    private static int Number(string oneByte) => int.Parse(oneByte, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
