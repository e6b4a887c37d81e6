namespace ChainWatch.Benchmarks;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.</summary>
public sealed class SplitMix(ulong state)
{
    private ulong _state = state;

    public ulong Next()
    {
        unchecked
        {
            ulong z = _state += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }

    /// <summary>From 0 to below 1, 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to below n.</summary>
    public ulong Below(ulong n) => Math.BigMul(Next(), n, out _);
}
