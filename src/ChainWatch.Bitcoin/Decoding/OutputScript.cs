using System.Security.Cryptography;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Tells what an output's script is, and whose address it pays. Sources: Bitcoin Core's standard forms; BIP 16, 141, 341, 350.</summary>
public static class OutputScript
{
    private const byte Return = 0x6a, Dup = 0x76, Equal = 0x87, EqualVerify = 0x88, Hash160 = 0xa9, CheckSig = 0xac, CheckMultisig = 0xae;
    private const byte Number1 = 0x51, Number16 = 0x60;

    /// <summary>Finds the form of a script, and what stands in it: a hash, a public key, a witness program; empty for the others.</summary>
    public static ScriptKind Classify(ReadOnlySpan<byte> script, out ReadOnlySpan<byte> payload)
    {
        int n = script.Length;
        if (n == 25 && script[0] == Dup && script[1] == Hash160 && script[2] == 20 && script[23] == EqualVerify && script[24] == CheckSig)
        {
            payload = script.Slice(3, 20);
            return ScriptKind.P2Pkh;
        }

        if (n == 23 && script[0] == Hash160 && script[1] == 20 && script[22] == Equal)
        {
            payload = script.Slice(2, 20);
            return ScriptKind.P2Sh;
        }

        // A witness program is one push of 2 to 40 bytes behind a number.
        if (n is >= 4 and <= 42 && (script[0] == 0 || script[0] is >= Number1 and <= Number16) && script[1] == n - 2)
        {
            ScriptKind kind = (script[0], n) switch
            {
                (0, 22) => ScriptKind.P2Wpkh,
                (0, 34) => ScriptKind.P2Wsh,
                (Number1, 34) => ScriptKind.P2Tr,
                (0, _) => ScriptKind.NonStandard,
                _ => ScriptKind.WitnessProgram,
            };
            payload = kind == ScriptKind.NonStandard ? [] : script[2..];
            return kind;
        }

        if (n is 35 or 67 && script[0] == n - 2 && script[^1] == CheckSig && IsPublicKey(script[1..^1]))
        {
            payload = script[1..^1];
            return ScriptKind.P2Pk;
        }

        payload = [];
        return n > 0 && script[0] == Return ? ScriptKind.NullData
            : IsMultisig(script) ? ScriptKind.Multisig
            : ScriptKind.NonStandard;
    }

    /// <summary>The address that a script pays; false for those that have none.</summary>
    /// <param name="chain">The network, whose addresses are written.</param>
    /// <param name="script">The output's script.</param>
    /// <param name="kind">Its form.</param>
    /// <param name="address">The address.</param>
    public static bool TryGetAddress(Chain chain, ReadOnlySpan<byte> script, out ScriptKind kind, out Address address)
    {
        kind = Classify(script, out ReadOnlySpan<byte> payload);
        switch (kind)
        {
            case ScriptKind.P2Pkh:
                address = Address.FromPayload(chain, AddressKind.P2Pkh, payload);
                return true;
            case ScriptKind.P2Sh:
                address = Address.FromPayload(chain, AddressKind.P2Sh, payload);
                return true;
            case ScriptKind.P2Wpkh:
                address = Address.FromPayload(chain, AddressKind.P2Wpkh, payload);
                return true;
            case ScriptKind.P2Wsh:
                address = Address.FromPayload(chain, AddressKind.P2Wsh, payload);
                return true;
            case ScriptKind.P2Tr:
                address = Address.FromPayload(chain, AddressKind.P2Tr, payload);
                return true;
            case ScriptKind.WitnessProgram:
                address = Address.FromWitnessProgram(chain, script[0] - Number1 + 1, payload);
                return true;
            case ScriptKind.P2Pk:
                Span<byte> hash = stackalloc byte[Ripemd160.DigestLength];
                HashPublicKey(payload, hash);
                address = Address.FromPayload(chain, AddressKind.P2Pkh, hash);
                return true;
            default:
                address = default;
                return false;
        }
    }

    /// <summary>Writes the hash of a public key as its address has it: RIPEMD-160 of SHA-256, 20 bytes.</summary>
    public static void HashPublicKey(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        Span<byte> first = stackalloc byte[32];
        SHA256.HashData(key, first);
        Ripemd160.Hash(first, destination);
    }

    // By form alone, as Bitcoin Core does: whether the point is on the curve is not looked at.
    private static bool IsPublicKey(ReadOnlySpan<byte> key) => key.Length switch
    {
        33 => key[0] is 2 or 3,
        65 => key[0] is 4 or 6 or 7,
        _ => false,
    };

    // m, the keys, n, OP_CHECKMULTISIG.
    private static bool IsMultisig(ReadOnlySpan<byte> script)
    {
        if (script.Length < 3 || script[^1] != CheckMultisig || script[0] is < Number1 or > Number16 || script[^2] is < Number1 or > Number16)
        {
            return false;
        }

        int keys = 0;
        int position = 1;
        while (position < script.Length - 2)
        {
            int length = script[position];
            if (length is not (33 or 65) || position + 1 + length > script.Length - 2 || !IsPublicKey(script.Slice(position + 1, length)))
            {
                return false;
            }

            position += 1 + length;
            keys++;
        }

        return keys == script[^2] - Number1 + 1 && script[0] <= script[^2];
    }
}
