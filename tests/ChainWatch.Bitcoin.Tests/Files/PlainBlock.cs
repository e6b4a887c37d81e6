using System.Security.Cryptography;

namespace ChainWatch.Bitcoin.Tests.Files;

/// <summary>A block read the slow, obvious way, and blocks made for tests.</summary>
public sealed class PlainBlock
{
    private const string FirstTransaction =
        "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039"
        + "204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548"
        + "271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

    private PlainBlock(byte[] raw, List<PlainTransaction> transactions) => (Raw, Transactions) = (raw, transactions);

    public byte[] Raw { get; }

    public IReadOnlyList<PlainTransaction> Transactions { get; }

    /// <summary>Block 0 of mainnet.</summary>
    public static byte[] MainnetFirst { get; } = First(1231006505, 0x1d00ffff, 2083236893);

    /// <summary>Block 0 of regtest.</summary>
    public static byte[] RegtestFirst { get; } = First(1296688602, 0x207fffff, 2);

    /// <summary>The hash of a block as people write it.</summary>
    public static string HashOf(byte[] raw) => Convert.ToHexStringLower([.. SHA256.HashData(SHA256.HashData(raw[..80])).Reverse()]);

    /// <summary>A block on another: its coinbase states the height, each further transaction has one input and one output.</summary>
    public static byte[] After(byte[] previous, int height, int transactions = 1, int salt = 0, uint bits = 0x207fffff, bool statesHeight = true)
    {
        List<byte[]> made = [.. Enumerable.Range(0, transactions).Select(i => Transaction(
            i == 0 ? new byte[32] : SHA256.HashData(BitConverter.GetBytes((height * 1000) + i)),
            i == 0 ? -1 : 0,
            i > 0 ? [0x51] : [.. statesHeight ? Push(height) : [0x01, 0x80], .. BitConverter.GetBytes(salt)]))];
        return
        [
            .. BitConverter.GetBytes(statesHeight ? 0x20000000 : 1),
            .. SHA256.HashData(SHA256.HashData(previous[..80])),
            .. Root([.. made.Select(t => SHA256.HashData(SHA256.HashData(t)))]),
            .. BitConverter.GetBytes(1_300_000_000 + height),
            .. BitConverter.GetBytes(bits),
            .. BitConverter.GetBytes(salt),
            .. CoreFolder.Count(transactions),
            .. made.SelectMany(t => t),
        ];
    }

    public static PlainBlock Parse(byte[] raw)
    {
        using BinaryReader reader = new(new MemoryStream(raw));
        reader.ReadBytes(80);
        List<PlainTransaction> transactions = [];
        for (int left = Count(reader); left > 0; left--)
        {
            transactions.Add(Transaction(reader));
        }

        reader.BaseStream.Position.ShouldBe(raw.Length);
        return new PlainBlock(raw, transactions);
    }

    private static byte[] Transaction(byte[] spent, int index, byte[] script) =>
    [
        1, 0, 0, 0, 1, .. spent, .. BitConverter.GetBytes(index), (byte)script.Length, .. script, 0xff, 0xff, 0xff, 0xff,
        1, .. BitConverter.GetBytes(5_000_000_000L), 1, 0x51, 0, 0, 0, 0,
    ];

    private static byte[] Root(List<byte[]> level)
    {
        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(pair => SHA256.HashData(SHA256.HashData([.. pair[0], .. pair[^1]])))];
        }

        return level[0];
    }

    private static PlainTransaction Transaction(BinaryReader reader)
    {
        byte[] version = reader.ReadBytes(4);
        int count = Count(reader);
        bool hasWitness = count == 0;
        if (hasWitness)
        {
            reader.ReadByte();
            count = Count(reader);
        }

        long start = reader.BaseStream.Position;
        List<(string Id, int Index)> inputs = [];
        for (int i = 0; i < count; i++)
        {
            inputs.Add((Convert.ToHexStringLower(reader.ReadBytes(32)), reader.ReadInt32()));
            reader.ReadBytes(Count(reader) + 4);
        }

        List<(long Value, byte[] Script)> outputs = [];
        for (int left = Count(reader); left > 0; left--)
        {
            outputs.Add((reader.ReadInt64(), reader.ReadBytes(Count(reader))));
        }

        long end = reader.BaseStream.Position;
        for (int i = 0; hasWitness && i < count; i++)
        {
            for (int items = Count(reader); items > 0; items--)
            {
                reader.ReadBytes(Count(reader));
            }
        }

        byte[] lockTime = reader.ReadBytes(4);
        long next = reader.BaseStream.Position;
        reader.BaseStream.Position = start;
        byte[] middle = reader.ReadBytes((int)(end - start));
        reader.BaseStream.Position = next;
        byte[] id = SHA256.HashData(SHA256.HashData([.. version, .. CoreFolder.Count(count), .. middle, .. lockTime]));
        return new PlainTransaction(Convert.ToHexStringLower(id), inputs, outputs);
    }

    public static int Count(BinaryReader reader) => reader.ReadByte() switch
    {
        253 => reader.ReadUInt16(),
        254 => reader.ReadInt32(),
        255 => (int)reader.ReadInt64(),
        byte small => small,
    };

    private static byte[] Push(int height)
    {
        if (height <= 16)
        {
            return [(byte)(0x50 + height)];
        }

        List<byte> digits = [];
        for (int rest = height; rest > 0; rest >>= 8)
        {
            digits.Add((byte)rest);
        }

        if (digits[^1] > 127)
        {
            digits.Add(0);
        }

        return [(byte)digits.Count, .. digits];
    }

    private static byte[] First(uint time, uint bits, uint nonce)
    {
        byte[] transaction = Convert.FromHexString(FirstTransaction);
        return
        [
            1, 0, 0, 0, .. new byte[32], .. SHA256.HashData(SHA256.HashData(transaction)), .. BitConverter.GetBytes(time), .. BitConverter.GetBytes(bits),
            .. BitConverter.GetBytes(nonce), 1, .. transaction,
        ];
    }
}

/// <summary>A transaction read the slow way; hashes in internal order.</summary>
public sealed record PlainTransaction(string Id, IReadOnlyList<(string Id, int Index)> Inputs, IReadOnlyList<(long Value, byte[] Script)> Outputs);
