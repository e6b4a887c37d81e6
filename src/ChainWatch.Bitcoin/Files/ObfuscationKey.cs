using System.Numerics;
using System.Runtime.InteropServices;

namespace ChainWatch.Bitcoin.Files;

/// <summary>The eight bytes with which Bitcoin Core 28 and later combines its block files (XOR, by the offset in the file), so that virus scanners leave them alone.</summary>
internal readonly struct ObfuscationKey
{
    private const int Length = 8;

    private readonly ulong _key;

    private ObfuscationKey(ulong key) => _key = key;

    /// <summary>False for plain files.</summary>
    public bool IsNeeded => _key != 0;

    /// <summary>Reads <c>xor.dat</c> of a folder; no file, no key.</summary>
    /// <exception cref="ChainWatchException">The file has not eight bytes, or cannot be read.</exception>
    public static ObfuscationKey Load(string folder)
    {
        string path = Path.Combine(folder, "xor.dat");
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return bytes.Length == Length
                ? new ObfuscationKey(MemoryMarshal.Read<ulong>(bytes))
                : throw ChainWatchException.At(path, 0, null, $"{bytes.Length} bytes; expected the {Length} bytes of a key");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Takes the key off bytes (or puts it on: it is the same).</summary>
    /// <param name="bytes">The bytes, changed in place.</param>
    /// <param name="offset">Where in the file they start.</param>
    public void Apply(Span<byte> bytes, long offset)
    {
        if (_key == 0)
        {
            return;
        }

        // The key as it meets the first byte. In memory order, whatever the order of the machine.
        Span<byte> turned = stackalloc byte[Length];
        ReadOnlySpan<byte> key = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in _key));
        for (int i = 0; i < Length; i++)
        {
            turned[i] = key[(int)((offset + i) & (Length - 1))];
        }

        ulong word = MemoryMarshal.Read<ulong>(turned);
        Span<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(bytes);
        Vector<byte> mask = Vector.AsVectorByte(new Vector<ulong>(word));
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] ^= mask;
        }

        // A vector has a multiple of eight bytes: the key has not turned at its end.
        Span<byte> rest = bytes[(vectors.Length * Vector<byte>.Count)..];
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] ^= turned[i & (Length - 1)];
        }
    }
}
