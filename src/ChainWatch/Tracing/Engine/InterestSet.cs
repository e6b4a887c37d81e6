using System.Numerics;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The addresses whose inflows are kept: a bit per address, and before it a sieve that stays in the second-level cache and
/// turns away nearly all others.
/// </summary>
internal sealed unsafe class InterestSet
{
    private const int SieveBytesMax = 1 << 18;
    private const int SieveBytesPerAddress = 4;
    private readonly PinnedArray<byte> _sieve;
    private PinnedArray<ulong> _bits;

    /// <param name="addresses">The numbers of the addresses of interest.</param>
    /// <param name="addressCount">How many addresses there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not below <paramref name="addressCount"/>.</exception>
    public InterestSet(IReadOnlyCollection<uint> addresses, int addressCount)
    {
        _bits = PinnedArray<ulong>.Filled(WordsFor(addressCount), 0);
        long wanted = Math.Clamp((long)addresses.Count * SieveBytesPerAddress, 1 << 12, SieveBytesMax);
        _sieve = PinnedArray<byte>.Filled((int)BitOperations.RoundUpToPowerOf2((uint)wanted), 0);
        SieveShift = BitOperations.Log2((uint)_sieve.Length);
        foreach (uint address in addresses)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(address, (uint)addressCount);
            _bits.Pointer[address >> 6] |= 1UL << (int)(address & 63);
            _sieve.Pointer[address & SieveMask] |= (byte)(1 << (int)((address >> SieveShift) & 7));
        }
    }

    /// <summary>A bit per address.</summary>
    public ulong* Bits => _bits.Pointer;

    /// <summary>At byte <c>address &amp; SieveMask</c>, bit <c>(address >> SieveShift) &amp; 7</c>: 0 for most addresses without interest.</summary>
    public byte* Sieve => _sieve.Pointer;

    public uint SieveMask => (uint)_sieve.Length - 1;

    public int SieveShift { get; }

    public bool Contains(uint address) => IsSet(Bits, address);

    public static bool IsSet(ulong* bits, uint address) => (bits[address >> 6] >> (int)(address & 63) & 1) != 0;

    /// <summary>Makes room for more addresses, none of which is of interest.</summary>
    public void EnsureAddresses(int addressCount)
    {
        if (WordsFor(addressCount) > _bits.Length)
        {
            _bits = _bits.Grown(WordsFor(addressCount), 0);
        }
    }

    private static int WordsFor(int addressCount) => (int)(((long)addressCount + 63) / 64);
}
