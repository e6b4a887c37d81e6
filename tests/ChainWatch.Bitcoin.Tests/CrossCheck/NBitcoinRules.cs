using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Tests.CrossCheck;

/// <summary>
/// Our own answers, changed where NBitcoin is known to say otherwise, and nowhere else: docs/bitcoin.md tells these differences, and why
/// ours stay as they are.
/// </summary>
internal static class NBitcoinRules
{
    public static (string Paid, string Key) OfScript(Chain chain, byte[] script)
    {
        bool hasAddress = OutputScript.TryGetAddress(chain, script, out ScriptKind kind, out Address address);
        return kind switch
        {
            // It has no address for these; of a public key it tells the key, which must be a point of the curve.
            ScriptKind.WitnessProgram => ("-", "-"),
            ScriptKind.P2Tr when !IsPoint(script.AsSpan(2), false, out _) => ("-", "-"),
            ScriptKind.P2Pk => ("-", OfKey(chain, script.AsSpan(1..^1))),

            // It does not look at the last byte but one, which should be OP_EQUALVERIFY.
            ScriptKind.NonStandard when script.Length == 25 && script is [0x76, 0xa9, 20, .., 0xac] => (Address.FromPayload(chain, AddressKind.P2Pkh, script.AsSpan(3, 20)).ToString(), "-"),
            _ => (hasAddress ? address.ToString() : "-", "-"),
        };
    }

    public static string OfText(Chain chain, string text)
    {
        // White space around an address is none of it for us, and an error there.
        if (text.Trim() != text || !Address.TryParse(text, chain, out Address address) || address.Kind == AddressKind.Text)
        {
            return "-";
        }

        byte[] payload = new byte[address.PayloadLength];
        address.CopyPayload(payload);
        if (address.Kind == AddressKind.P2Tr && !IsPoint(payload, false, out _))
        {
            return "-";
        }

        return Convert.ToHexStringLower((byte[])(address.Kind switch
        {
            AddressKind.P2Pkh => [0x76, 0xa9, 20, .. payload, 0x88, 0xac],
            AddressKind.P2Sh => [0xa9, 20, .. payload, 0x87],
            AddressKind.P2Tr => [0x51, 32, .. payload],
            _ => [0, (byte)payload.Length, .. payload],
        }));
    }

    /// <summary>What is said of a block: its hash, the root of its transactions; each one's ids, counts and sum.</summary>
    public static IEnumerable<string> OfBlock(byte[] bytes)
    {
        List<string> lines = [];
        TransactionHasher hasher = new();
        hasher.Verify(bytes);
        byte[] root = new byte[32];
        hasher.ComputeMerkleRoot(root);
        BlockView block = new(bytes);
        lines.Add($"{block.Header.ComputeHashText()} {Convert.ToHexStringLower([.. root.Reverse()])} {block.TransactionCount}");
        while (block.Read(out TransactionView transaction))
        {
            ulong total = 0;
            foreach (OutputView output in transaction.Outputs)
            {
                total += output.Value;
            }

            lines.Add($"{transaction.ComputeId()} {transaction.ComputeWitnessId()} {transaction.InputCount} {transaction.OutputCount} {total}");
        }

        return lines;
    }

    // A hybrid key is written whole anew, so that its hash is another one; ours is that of the bytes that are pushed.
    private static string OfKey(Chain chain, ReadOnlySpan<byte> key)
    {
        bool isOdd = key.Length == 33 ? key[0] == 3 : (key[64] & 1) == 1;
        if (!IsPoint(key.Slice(1, 32), isOdd, out byte[] y) || (key.Length == 65 && (!key[33..].SequenceEqual(y) || (key[0] != 4 && (key[0] == 7) != isOdd))))
        {
            return "-";
        }

        byte[] hash = new byte[20];
        OutputScript.HashPublicKey(key.Length == 33 ? key : [4, .. key[1..]], hash);
        return Address.FromPayload(chain, AddressKind.P2Pkh, hash).ToString();
    }

    private static bool IsPoint(ReadOnlySpan<byte> x, bool isOdd, out byte[] y) => Secp256k1.TryGetY(x, isOdd, y = new byte[32]);
}
