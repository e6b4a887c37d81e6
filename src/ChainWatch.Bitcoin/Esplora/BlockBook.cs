using System.Collections.Concurrent;
using System.Globalization;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>
/// The blocks that were asked for. What a hash proves is kept, so many blocks of it; which hash a height has is kept until the
/// head is asked for, and near the head until that changes.
/// </summary>
internal sealed class BlockBook(EsploraClient client)
{
    private const int BlocksMax = 64;
    private const int HeadTriesMax = 3;
    // No reorganisation of Bitcoin's was ever so deep.
    private const int SettledDepth = 100;
    private readonly ConcurrentDictionary<long, string> _heights = new();
    private readonly ConcurrentDictionary<string, KnownBlock> _blocks = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private volatile BlockRef? _head;

    /// <summary>Forgets which blocks are on the chain.</summary>
    public void Forget()
    {
        _heights.Clear();
        _head = null;
    }

    /// <summary>The newest block, asked anew.</summary>
    public async Task<BlockRef> HeadAsync(CancellationToken cancellationToken)
    {
        string hash = "";
        for (int i = 0; i < HeadTriesMax; i++)
        {
            hash = await client.TipHashAsync(cancellationToken).ConfigureAwait(false);
            if (_head is BlockRef known && known.Hash == hash)
            {
                return known;
            }

            if (await client.HeightOfAsync(hash, cancellationToken).ConfigureAwait(false) is long height
                && await client.HeaderAsync(hash, cancellationToken).ConfigureAwait(false) is byte[] header)
            {
                long settled = Math.Min(height, _head?.Height ?? height) - SettledDepth;
                foreach (long near in _heights.Keys.Where(h => h > settled))
                {
                    _heights.TryRemove(near, out _);
                }

                return _head = RefOf(height, hash, header);
            }
        }

        throw client.Rest.Failure(RpcErrorKind.Fatal, "tip", $"does not know its own newest block {hash}");
    }

    /// <summary>The block at a height, asked anew; null where there is none.</summary>
    public async Task<BlockRef?> FindAsync(long height, CancellationToken cancellationToken)
    {
        if (await client.HashAtAsync(height, cancellationToken).ConfigureAwait(false) is not string hash)
        {
            _heights.TryRemove(height, out _);
            return null;
        }

        _heights[height] = hash;
        byte[] header = await client.HeaderAsync(hash, cancellationToken).ConfigureAwait(false)
            ?? throw client.Rest.Failure(RpcErrorKind.Fatal, "block-header", string.Create(CultureInfo.InvariantCulture, $"does not know its own block {hash} at height {height}"));
        return RefOf(height, hash, header);
    }

    /// <summary>The block that a transaction is told to be in; null where it is not the chain's at its height, or not known.</summary>
    public async Task<KnownBlock?> OnChainAsync(ToldBlock told, CancellationToken cancellationToken)
    {
        if (!_heights.TryGetValue(told.Height, out string? hash))
        {
            hash = await client.HashAtAsync(told.Height, cancellationToken).ConfigureAwait(false);
            if (hash is not null)
            {
                _heights[told.Height] = hash;
            }
        }

        if (hash != told.Hash)
        {
            // Asked anew the next time: one of the two is of a moment ago.
            _heights.TryRemove(told.Height, out _);
            return null;
        }

        if (_blocks.TryGetValue(hash, out KnownBlock? known))
        {
            return known;
        }

        if (await client.HeaderAsync(hash, cancellationToken).ConfigureAwait(false) is not byte[] header
            || await client.TxIdsAsync(hash, header, cancellationToken).ConfigureAwait(false) is not List<TxId> ids)
        {
            return null;
        }

        known = new KnownBlock(new BlockHeader(header).Time, ids);
        if (_blocks.TryAdd(hash, known))
        {
            _order.Enqueue(hash);
            if (_order.Count > BlocksMax && _order.TryDequeue(out string? oldest))
            {
                _blocks.TryRemove(oldest, out _);
            }
        }

        return known;
    }

    private static BlockRef RefOf(long height, string hash, byte[] bytes)
    {
        BlockHeader header = new(bytes);
        return new BlockRef(height, hash, HashText.Write(header.PreviousHash), header.Time);
    }
}
