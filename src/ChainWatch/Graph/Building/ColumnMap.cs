namespace ChainWatch.Graph.Building;

/// <summary>Columns made of others, number by number.</summary>
internal static class ColumnMap
{
    /// <summary>A column with what becomes of every number; the numbers are asked for in order.</summary>
    public static ColumnBuilder Of(ColumnBuilder column, Func<ulong, ulong> map, BuildRoom room)
    {
        ColumnBuilder mapped = new(room);
        ColumnReader reader = new(column);
        for (int i = 0; i < column.Count; i++)
        {
            mapped.Append(map(reader.Next()));
        }

        return mapped;
    }

    /// <summary>Replaces the numbers of 4 bytes, other than those with bit 31, by what stands at their place; on several threads.</summary>
    public static void Replace(ByteStore numbers, int[] by) => numbers.Transform((bytes, length) =>
    {
        foreach (ref int number in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, length)))
        {
            number = number < 0 ? number : by[number];
        }
    });
}
