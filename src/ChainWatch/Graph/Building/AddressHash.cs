using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// A keyed hash of an address's words: the sum of the words times secret numbers of 128 bits, of which the upper 64 bits
/// are taken. For a random key two different addresses collide with a probability of 2^-64, whoever chose them: people
/// choose their addresses, and could make all of them collide under a hash that they know.
/// The default value has no key and gives every address the same hash.
/// </summary>
/// <remarks>Source: Dietzfelbinger 1996 (multiply-shift is strongly universal); Thorup 2015, "High speed hashing for integers and strings".</remarks>
internal readonly struct AddressHash
{
    private readonly UInt128 _added;
    private readonly UInt128 _factor0;
    private readonly UInt128 _factor1;
    private readonly UInt128 _factor2;
    private readonly UInt128 _factor3;
    private readonly UInt128 _factor4;

    /// <summary>The hash of a key of 128 bits.</summary>
    public AddressHash(UInt128 key)
    {
        ulong state = (ulong)key;
        ulong other = (ulong)(key >> 64);
        _added = Next(ref state, other);
        _factor0 = Next(ref state, other);
        _factor1 = Next(ref state, other);
        _factor2 = Next(ref state, other);
        _factor3 = Next(ref state, other);
        _factor4 = Next(ref state, other);
    }

    /// <summary>A weak hash for tests: nothing but the last word of a payload of 20 bytes decides, times this factor.</summary>
    internal static AddressHash OfLastWord(UInt128 factor) => new(default, default, default, factor, default, default);

    private AddressHash(UInt128 added, UInt128 factor0, UInt128 factor1, UInt128 factor2, UInt128 factor3, UInt128 factor4) =>
        (_added, _factor0, _factor1, _factor2, _factor3, _factor4) = (added, factor0, factor1, factor2, factor3, factor4);

    /// <summary>The hash of three words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(ulong word0, ulong word1, ulong word2)
    {
        (ulong low, ulong high) = ((ulong)_added, (ulong)(_added >> 64));
        Add(ref low, ref high, word0, _factor0);
        Add(ref low, ref high, word1, _factor1);
        Add(ref low, ref high, word2, _factor2);
        return high;
    }

    /// <summary>The hash of five words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(ulong word0, ulong word1, ulong word2, ulong word3, ulong word4)
    {
        (ulong low, ulong high) = ((ulong)_added, (ulong)(_added >> 64));
        Add(ref low, ref high, word0, _factor0);
        Add(ref low, ref high, word1, _factor1);
        Add(ref low, ref high, word2, _factor2);
        Add(ref low, ref high, word3, _factor3);
        Add(ref low, ref high, word4, _factor4);
        return high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref ulong low, ref ulong high, ulong word, UInt128 factor)
    {
        ulong carried = Math.BigMul(word, (ulong)factor, out ulong product);
        low += product;
        high += carried + (word * (ulong)(factor >> 64)) + (low < product ? 1UL : 0UL);
    }

    // SplitMix64 (Steele, Lea and Flood 2014), twice, each half of the key going in again.
    private static UInt128 Next(ref ulong state, ulong other) => new(Mix(state += 0x9E3779B97F4A7C15) ^ other, Mix(state += 0x9E3779B97F4A7C15 ^ other));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
