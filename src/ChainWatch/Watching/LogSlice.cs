using ChainWatch.Graph;

namespace ChainWatch.Watching;

/// <summary>Blocks of a log, by their heights.</summary>
internal static class LogSlice
{
    /// <summary>The first position of the blocks from a height on; where there is none, the number of positions.</summary>
    public static int FirstGroupFrom(ChainLog log, long height)
    {
        (int low, int high) = (0, log.BlockTable.Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = log.BlockTable[middle].Height < height ? (middle + 1, high) : (low, middle);
        }

        return low < log.BlockTable.Length ? log.BlockTable[low].FirstGroup : log.Groups.Length;
    }
}
