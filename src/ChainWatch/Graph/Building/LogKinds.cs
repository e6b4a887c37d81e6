using ChainWatch.Sources;

namespace ChainWatch.Graph.Building;

/// <summary>The kinds of transfer that a log holds, and what else its coverage says.</summary>
internal sealed class LogKinds
{
    private readonly SortedSet<string> _kinds = new(StringComparer.Ordinal);

    private LogKinds()
    {
    }

    /// <summary>The kinds that rows in order hold; their assets are numbered by rank.</summary>
    public static LogKinds Of(LogRun log, Asset[] assets)
    {
        LogKinds kinds = new();
        if (log.Assets.Width == 0 && log.Flags.Width == 0)
        {
            if (log.Count > 0)
            {
                kinds.Add(assets[(int)log.Assets.Constant], log.Flags.Constant);
            }

            return kinds;
        }

        ColumnReader numbers = new(log.Assets);
        ColumnReader flags = new(log.Flags);
        (ulong lastAsset, ulong lastFlags) = (ulong.MaxValue, 0);
        for (int i = 0; i < log.Count && kinds._kinds.Count < 3; i++)
        {
            (ulong asset, ulong flag) = (numbers.Next(), flags.Next());
            if (asset != lastAsset || flag != lastFlags)
            {
                kinds.Add(assets[(int)asset], flag);
                (lastAsset, lastFlags) = (asset, flag);
            }
        }

        return kinds;
    }

    /// <summary>What is at hand of the chain.</summary>
    public ChainCoverage Describe(ChainLog log, int addresses, int blocksWithoutOrder)
    {
        BlockInfo first = log.Blocks[0];
        BlockInfo last = log.Blocks[^1];
        return new ChainCoverage(() => TransferWriter.Sha256(log, 0, log.Groups.Length))
        {
            Chain = log.Chain,
            FirstBlock = first.Height,
            LastBlock = last.Height,
            FirstTime = first.Time,
            LastTime = last.Time,
            Movements = log.MovementCount,
            Addresses = addresses,
            BlocksWithoutOrder = blocksWithoutOrder,
            Kinds = [.. _kinds],
        };
    }

    private void Add(Asset asset, ulong flags) => _kinds.Add(!asset.IsNative ? "token" : (flags & LogRun.InternalBit) != 0 ? "internal" : "coin");
}
