namespace ChainWatch.Graph.Building;

/// <summary>Transaction hashes in the order in which the log uses them. A hash may stand there several times.</summary>
internal sealed class TxUses(BuildRoom room) : IDisposable
{
    /// <summary>The size of a hash in bytes.</summary>
    public const int HashBytes = 32;

    private readonly ByteStore _hashes = new(room);
    private TxId _last;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>The hashes, one after another.</summary>
    public ByteStore Hashes => _hashes;

    /// <summary>Adds a use.</summary>
    /// <returns>Its number.</returns>
    public int Add(in TxId tx)
    {
        tx.CopyBytes(_hashes.Room(HashBytes));
        _hashes.Advance(HashBytes);
        _last = tx;
        Count = checked(Count + 1);
        return Count - 1;
    }

    /// <summary>Adds a use, unless the last one was of the same transaction.</summary>
    /// <returns>Its number.</returns>
    public int AddUnlessLast(in TxId tx) => Count > 0 && tx == _last ? Count - 1 : Add(tx);

    /// <summary>The hash of a use.</summary>
    public TxId this[int use]
    {
        get
        {
            Span<byte> hash = stackalloc byte[HashBytes];
            _hashes.Read((long)use * HashBytes, hash);
            return TxId.FromBytes(hash);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hashes.Dispose();
}
