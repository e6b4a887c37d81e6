using System.Numerics;
using System.Runtime.CompilerServices;
using ChainWatch.Encoding;

namespace ChainWatch.Graph.Building;

/// <summary>
/// The order of witness programs of one network as Bech32 texts: character by character, each standing for five bits, the
/// characters not being in the order of what they stand for.
/// </summary>
internal static unsafe class WitnessOrder
{
    private const int KeyUnused = 2; // of the 62 bits that a family has

    // For five bits, the place of their character among the 32; for ten bits, those of both characters.
    private static readonly byte[] Place = MakePlaces();
    private static readonly ushort[] PairPlaces = MakePairs();

    /// <summary>A number below 2^62 that never falls along the order: the version and the next 11 characters.</summary>
    public static ulong KeyOf(byte* row)
    {
        ulong program = Word.Read(row + 1);
        ulong key = Place[VersionOf(row)];
        key = (key << 5) | Place[(int)(program >> 59)];
        for (int shift = 49; shift >= 9; shift -= 10)
        {
            key = (key << 10) | PairPlaces[(int)(program >> shift) & 1023];
        }

        return key << KeyUnused;
    }

    /// <summary>Compares two rows; zero where the programs do not tell before the shorter one's checksum begins.</summary>
    public static int Compare(byte* x, byte* y)
    {
        int byVersion = Place[VersionOf(x)].CompareTo(Place[VersionOf(y)]);
        if (byVersion != 0)
        {
            return byVersion;
        }

        int bytes = Math.Min(LengthOf(x), LengthOf(y));
        int same = new ReadOnlySpan<byte>(x + 1, bytes).CommonPrefixLength(new ReadOnlySpan<byte>(y + 1, bytes));
        if (same == bytes)
        {
            return 0;
        }

        // The five bits with the first difference.
        int bit = (8 * same) + BitOperations.LeadingZeroCount((uint)(x[1 + same] ^ y[1 + same])) - 24;
        int group = bit / 5;
        return Place[Group(x, group)].CompareTo(Place[Group(y, group)]);
    }

    private static int VersionOf(byte* row) => row[0] == (byte)AddressKind.P2Tr ? 1 : 0;

    private static int LengthOf(byte* row) => row[0] == (byte)AddressKind.P2Wpkh ? 20 : 32;

    // Rows end with the program's 32 bytes; behind them bits count as zero, as Bech32 pads them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Group(byte* row, int group)
    {
        int bit = 5 * group;
        int index = bit / 8;
        int pair = (row[1 + index] << 8) | (index + 1 < 32 ? row[2 + index] : 0);
        return (pair >> (11 - (bit % 8))) & 31;
    }

    private static byte[] MakePlaces()
    {
        byte[] places = new byte[32];
        for (int value = 0; value < places.Length; value++)
        {
            foreach (char other in Bech32.Characters)
            {
                places[value] += (byte)(other < Bech32.Characters[value] ? 1 : 0);
            }
        }

        return places;
    }

    private static ushort[] MakePairs()
    {
        ushort[] pairs = new ushort[1024];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            pairs[pair] = (ushort)((Place[pair >> 5] << 5) | Place[pair & 31]);
        }

        return pairs;
    }
}
