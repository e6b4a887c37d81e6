using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>Finds the blocks of all block files of a folder, and the network that they are of.</summary>
internal sealed class BlockSearch(string folder, DataFiles files, ObfuscationKey key)
{
    private readonly List<BlockRecord> _found = [];
    private BitcoinNetwork? _network;

    /// <summary>The blocks, in file order.</summary>
    public IReadOnlyList<BlockRecord> Found => _found;

    /// <summary>What was met that is no block.</summary>
    public ScanNotes Notes { get; } = new();

    /// <summary>The network of all blocks.</summary>
    public BitcoinNetwork Network => _network ?? throw NothingFound();

    /// <summary>Searches; afterwards there is a network.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        // A node writes to its last file; to its last two while it validates a snapshot (assumeutxo).
        int[] written = [.. files.Numbers.TakeLast(2)];
        foreach (int number in files.Numbers)
        {
            RecordScanner scanner = new(files, number, key, Notes)
            {
                Shortest = BlockHead.ShortestBlock,
                Longest = BlockHead.LongestBlock,
                Trailer = 0,
                Networks = BitcoinNetwork.All,
            };
            int before = _found.Count;
            scanner.Scan((network, offset, length, head) => Take(number, network, offset, length, head), cancellationToken);
            if (_found.Count > before && written.Contains(number))
            {
                DropUnlessWhole(_found[^1]);
            }
        }

        if (_network is null)
        {
            throw NothingFound();
        }
    }

    private string? Take(int number, BitcoinNetwork network, long offset, int length, ReadOnlySpan<byte> head)
    {
        if (BlockHead.Read(head, network, (number, offset, length), out BlockRecord record) is { } problem)
        {
            return problem;
        }

        if (network != (_network ??= network))
        {
            throw ChainWatchException.At(
                files.PathOf(number), 0, null, $"byte {offset - 8}: a block of {network.Chain}; expected {_network.Chain}, as in the blocks before it");
        }

        _found.Add(record);
        return null;
    }

    /// <summary>Where a node lost power, its last block may lie in the space set aside for it with zeros in place of its end.</summary>
    private void DropUnlessWhole(BlockRecord last)
    {
        byte[] block = new byte[last.Length];
        files.Read(last.FileNumber, last.Offset, block);
        try
        {
            if (new TransactionHasher().Verify(block) == block.Length)
            {
                return;
            }
        }
        catch (BitcoinFormatException)
        {
            // Not whole: as if it were cut there.
        }

        _found.RemoveAt(_found.Count - 1);
        Notes.AddHalfWritten(files.PathOf(last.FileNumber), last.Offset - 8);
    }

    private ChainWatchException NothingFound()
    {
        if (files.Numbers.Count == 0)
        {
            return new ChainWatchException($"{folder}: no file blk00000.dat or the like; expected the blocks folder of a Bitcoin node");
        }

        Span<byte> start = stackalloc byte[4];
        int number = files.Numbers.First();
        start = start[..files.Read(number, 0, start)];
        string magic = Convert.ToHexStringLower(start);
        return new ChainWatchException(
            $"{files.PathOf(number)}: no block of a known network in this folder ({files.Numbers.Count} files, {Notes.Unfit} unfit records; this one starts with '{magic}'); "
            + $"expected {string.Join(", ", BitcoinNetwork.All.Select(n => $"{Convert.ToHexStringLower(n.Magic)} ({n.Chain})"))}, and xor.dat where the node wrote one");
    }
}
