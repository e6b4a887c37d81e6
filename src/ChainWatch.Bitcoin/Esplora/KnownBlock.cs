namespace ChainWatch.Bitcoin.Esplora;

/// <summary>A block whose hash and merkle root were recomputed.</summary>
/// <param name="time">Its time.</param>
/// <param name="ids">The ids of its transactions, in its order.</param>
internal sealed class KnownBlock(DateTimeOffset time, IReadOnlyList<TxId> ids)
{
    private readonly Dictionary<TxId, int> _places = ids.Index().ToDictionary(i => i.Item, i => i.Index);

    public DateTimeOffset Time => time;

    /// <summary>Where a transaction stands in it; null where it does not.</summary>
    public int? PlaceOf(TxId id) => _places.TryGetValue(id, out int place) ? place : null;
}
