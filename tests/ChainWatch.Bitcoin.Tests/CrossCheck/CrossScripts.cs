using ChainWatch.Bitcoin.Tests.Decoding;

namespace ChainWatch.Bitcoin.Tests.CrossCheck;

/// <summary>Output scripts on which other programs are asked for their opinion: the same ones on every run.</summary>
internal static class CrossScripts
{
    public const int Count = 10_000;
    private const ulong Seed = 8;

    // Whole public keys whose point is on the curve: the base point of SEC 2 and twice it, and the key of block 0.
    private static readonly string[] Keys =
    [
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
        "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee51ae168fea63dc339a3c58419466ceaeef7f632653266d0e1236431a950cfe52a",
        "678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f",
    ];

    /// <summary>The networks that are asked about.</summary>
    public static Chain[] Chains { get; } = [Chain.Bitcoin, Chain.BitcoinTestnet, Chain.BitcoinTestnet4, Chain.BitcoinSignet, Chain.BitcoinRegtest];

    public static IEnumerable<(Chain Chain, byte[] Script)> All()
    {
        SplitMix random = new(Seed);
        for (int i = 0; i < Count; i++)
        {
            yield return (random.Of<Chain>(Chains), Next(random));
        }
    }

    /// <summary>A script of any kind.</summary>
    public static byte[] Next(SplitMix random) => random.Below(10) switch
    {
        0 => [.. Key(random), 0xac],
        1 => LongPush(random),
        2 => Odd(random),
        3 => random.Bytes(random.Below(80)),
        _ => RandomScripts.Next(random),
    };

    // A key of a real point, and the length that is pushed before it; hybrid ones with the right parity and the wrong one.
    private static byte[] Key(SplitMix random)
    {
        byte[] point = Convert.FromHexString(random.Of<string>(Keys));
        return random.Below(2) == 0 ? [33, random.Of<byte>([2, 3]), .. point[..32]] : [65, random.Of<byte>([4, 6, 7]), .. point];
    }

    // A known form whose push is written in more bytes than it needs.
    private static byte[] LongPush(SplitMix random)
    {
        byte[] data = random.Bytes(random.Of<int>([20, 32, 33]));
        byte length = (byte)data.Length;
        byte[] push = random.Below(3) switch
        {
            0 => [0x4c, length, .. data],
            1 => [0x4d, length, 0, .. data],
            _ => [0x4e, length, 0, 0, 0, .. data],
        };
        return random.Below(5) switch
        {
            0 => [0x76, 0xa9, .. push, 0x88, 0xac],
            1 => [0xa9, .. push, 0x87],
            2 => [0, .. push],
            3 => [0x51, .. push],
            _ => [.. push, 0xac],
        };
    }

    private static byte[] Odd(SplitMix random)
    {
        switch (random.Below(6))
        {
            case 0:
                // Pay to anchor.
                return [0x51, 2, 0x4e, 0x73];
            case 1:
                return [];
            case 2:
                return [0x51];
            case 3:
                return [0x6a];
            case 4:
                // A push that says it is longer than the script.
                return [random.Of<byte>([20, 75, 0x4c, 0x4d, 0x4e]), .. random.Bytes(random.Below(5))];
            default:
                int count = 1 + random.Below(3);
                byte[][] keys = [.. Enumerable.Range(0, count).Select(_ => Key(random))];
                return [(byte)(0x51 + random.Below(count)), .. keys.SelectMany(key => key), (byte)(0x50 + count), 0xae];
        }
    }
}
