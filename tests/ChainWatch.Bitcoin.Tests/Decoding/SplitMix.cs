namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Random numbers that are the same on every run. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014).</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        ulong z = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0, below the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        Span<byte> left = bytes;
        for (; left.Length >= 8; left = left[8..])
        {
            BitConverter.TryWriteBytes(left, Next());
        }

        for (int i = 0; i < left.Length; i++)
        {
            left[i] = (byte)Next();
        }

        return bytes;
    }
}
