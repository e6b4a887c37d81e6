using ChainWatch.Graph;

namespace ChainWatch.Watching;

/// <summary>Blocks of a log, by their heights.</summary>
internal static class LogSlice
{
    /// <summary>A block that has transfers, as a log of its own.</summary>
    public static ChainLog Of(ChainLog log, long height)
    {
        (int from, int end) = (FirstGroupFrom(log, height), FirstGroupFrom(log, height + 1));
        TransferGraphBuilder builder = new();
        log.SendTo(builder, from, end);
        ChainLog slice = builder.Build().Chains[0];
        Address[] contracts = [.. slice.Addresses.Where(a => log.IsContract(log.NumberOf(a)))];
        if (contracts.Length == 0)
        {
            return slice;
        }

        // What is known to be a contract from elsewhere in the log.
        log.SendTo(builder, from, end);
        Array.ForEach(contracts, builder.AddContract);
        return builder.Build().Chains[0];
    }

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
