using System.Numerics;
using System.Security.Cryptography;

namespace ChainWatch.Bitcoin.Tests.Files;

/// <summary>
/// Writes a folder as Bitcoin Core does: blk*.dat, rev*.dat with compressed undo data, xor.dat. Shares nothing with the code under test.
/// Deleted when disposed.
/// </summary>
public sealed class CoreFolder : IDisposable
{
    public static readonly byte[] Mainnet = [0xf9, 0xbe, 0xb4, 0xd9];

    public static readonly byte[] Regtest = [0xfa, 0xbf, 0xb5, 0xda];

    private static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    private readonly byte[]? _key;

    public CoreFolder(byte[]? magic = null, byte[]? key = null)
    {
        Magic = magic ?? Regtest;
        _key = key;
        Path = Directory.CreateTempSubdirectory("chainwatch-").FullName;
        if (key is not null)
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, "xor.dat"), key);
        }
    }

    public string Path { get; }

    /// <summary>Written before every record from now on.</summary>
    public byte[] Magic { get; set; }

    /// <summary>Where a block file stands.</summary>
    public string BlockFile(int file = 0) => System.IO.Path.Combine(Path, $"blk{file:D5}.dat");

    /// <summary>Where an undo file stands.</summary>
    public string UndoFile(int file = 0) => System.IO.Path.Combine(Path, $"rev{file:D5}.dat");

    /// <summary>Appends a block, and its undo data where what it spent is given: one list for every transaction but the coinbase, one entry for every input.</summary>
    public void AddBlock(byte[] raw, IReadOnlyList<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>>? spentPerTransaction = null, int file = 0)
    {
        Append(BlockFile(file), [.. Magic, .. BitConverter.GetBytes(raw.Length), .. raw]);
        if (spentPerTransaction is not null)
        {
            AddUndo(raw, spentPerTransaction, file);
        }
    }

    /// <summary>Appends the undo data of a block.</summary>
    public void AddUndo(byte[] raw, IReadOnlyList<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> spentPerTransaction, int file = 0, bool breakChecksum = false)
    {
        byte[] undo = Undo(spentPerTransaction);
        byte[] checksum = SHA256.HashData(SHA256.HashData([.. raw[4..36], .. undo]));
        checksum[7] ^= (byte)(breakChecksum ? 1 : 0);
        Append(UndoFile(file), [.. Magic, .. BitConverter.GetBytes(undo.Length), .. undo, .. checksum]);
    }

    /// <summary>Appends bytes that go through the key, as a record would.</summary>
    public void Append(string path, byte[] bytes)
    {
        using FileStream stream = new(path, FileMode.Append);
        long at = stream.Position;
        for (int i = 0; _key is not null && i < bytes.Length; i++)
        {
            bytes[i] ^= _key[(at + i) % 8];
        }

        stream.Write(bytes);
    }

    /// <summary>Appends zeros as the node sets space aside: without the key.</summary>
    public static void Pad(string path, int count)
    {
        using FileStream stream = new(path, FileMode.Append);
        stream.Write(new byte[count]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Undo data in Core's form.</summary>
    public static byte[] Undo(IReadOnlyList<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> spentPerTransaction)
    {
        List<byte> bytes = [.. Count(spentPerTransaction.Count)];
        foreach (IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)> inputs in spentPerTransaction)
        {
            bytes.AddRange(Count(inputs.Count));
            foreach ((long value, byte[] script, int height, bool coinbase) in inputs)
            {
                bytes.AddRange(Varint(((ulong)height * 2) + (coinbase ? 1UL : 0)));
                if (height > 0)
                {
                    bytes.Add(0);
                }

                bytes.AddRange(Varint(Compress((ulong)value)));
                bytes.AddRange(Compress(script));
            }
        }

        return [.. bytes];
    }

    /// <summary>Bitcoin's count.</summary>
    public static byte[] Count(int count) => count switch
    {
        < 253 => [(byte)count],
        < 65536 => [253, (byte)count, (byte)(count >> 8)],
        _ => [254, .. BitConverter.GetBytes(count)],
    };

    /// <summary>Core's number of seven bits a byte.</summary>
    public static byte[] Varint(ulong number)
    {
        List<byte> bytes = [(byte)(number % 128)];
        while (number >= 128)
        {
            number = (number / 128) - 1;
            bytes.Insert(0, (byte)(128 + (number % 128)));
        }

        return [.. bytes];
    }

    /// <summary>Core's short form of an amount.</summary>
    public static ulong Compress(ulong amount)
    {
        if (amount == 0)
        {
            return 0;
        }

        string digits = amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
        int zeros = Math.Min(9, digits.Length - digits.TrimEnd('0').Length);
        ulong rest = ulong.Parse(digits[..^zeros], System.Globalization.CultureInfo.InvariantCulture);
        return zeros == 9 ? (10 * (rest - 1)) + 10 : (10 * ((9 * (rest / 10)) + (rest % 10) - 1)) + (ulong)zeros + 1;
    }

    private static byte[] Compress(byte[] script)
    {
        string hex = Convert.ToHexStringLower(script);
        if (script.Length == 25 && hex.StartsWith("76a914", StringComparison.Ordinal) && hex.EndsWith("88ac", StringComparison.Ordinal))
        {
            return [0, .. script[3..23]];
        }

        if (script.Length == 23 && hex.StartsWith("a914", StringComparison.Ordinal) && hex.EndsWith("87", StringComparison.Ordinal))
        {
            return [1, .. script[2..22]];
        }

        if (script.Length == 35 && hex.EndsWith("ac", StringComparison.Ordinal) && (hex.StartsWith("2102", StringComparison.Ordinal) || hex.StartsWith("2103", StringComparison.Ordinal)))
        {
            return [.. script[1..34]];
        }

        if (script.Length == 67 && hex.StartsWith("4104", StringComparison.Ordinal) && hex.EndsWith("ac", StringComparison.Ordinal) && IsOnCurve(script[2..34], script[34..66]))
        {
            return [(byte)(4 + (script[65] & 1)), .. script[2..34]];
        }

        return [.. Varint((ulong)script.Length + 6), .. script];
    }

    private static bool IsOnCurve(byte[] x, byte[] y)
    {
        BigInteger a = new(x, isUnsigned: true, isBigEndian: true);
        BigInteger b = new(y, isUnsigned: true, isBigEndian: true);
        return a < Prime && b < Prime && ((a * a * a) + 7 - (b * b)) % Prime == 0;
    }
}
