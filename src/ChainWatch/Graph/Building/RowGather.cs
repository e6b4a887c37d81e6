using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Graph.Building;

/// <summary>Copies rows from all over memory to one place, asking for them some time before they are needed.</summary>
internal static unsafe class RowGather
{
    private const int Ahead = 16;

    /// <summary>Copies the rows of the numbers one after the other.</summary>
    public static void Copy(AddressRows rows, ReadOnlySpan<int> numbers, byte* to)
    {
        int size = rows.RowSize;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < numbers.Length)
            {
                byte* coming = rows.At(numbers[i + Ahead]);
                Sse.Prefetch0(coming);
                Sse.Prefetch0(coming + size - 1);
            }

            new ReadOnlySpan<byte>(rows.At(numbers[i]), size).CopyTo(new Span<byte>(to, size));
            to += size;
        }
    }
}
