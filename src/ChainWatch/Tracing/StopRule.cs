using ChainWatch.Labels;

namespace ChainWatch.Tracing;

/// <summary>Which addresses a trace reports and does not trace through.</summary>
public sealed record StopRule
{
    /// <summary>No address stops the trace.</summary>
    public static StopRule None { get; } = new();

    /// <summary>Lists of labelled stops. Where two label one address, the first list counts.</summary>
    public IReadOnlyList<StopList> Lists { get; init; } = [];

    /// <summary>
    /// Followed transfers that an unlabelled address may have; from the position at which it has more, it is an opaque stop.
    /// Counted in chain order, in both directions alike. Null: no limit.
    /// </summary>
    public int? MaxDegree
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ChainWatchException($"degree limit {value}: expected at least 1");
    }

    /// <summary>The label of every labelled address.</summary>
    internal Dictionary<Address, StopLabel> Labels()
    {
        Dictionary<Address, StopLabel> labels = [];
        foreach (StopLabel label in Lists.SelectMany(l => l.Labels))
        {
            labels.TryAdd(label.Address, label);
        }

        return labels;
    }
}
