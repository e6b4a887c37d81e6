using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>
/// The undo data of a folder. A record does not name its block: it stands in the file of the same number, has one entry fewer than the block has transactions,
/// and a checksum over the hash of the block before and itself. Records follow the order in which blocks were connected: mostly that of heights.
/// </summary>
internal sealed class UndoFiles : IDisposable
{
    private const int ChecksumLength = 32;
    private const int NoneFound = -1;
    private const int TwoFound = -2;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Dictionary<int, UndoGroup>> _groups = [];
    private readonly DataFiles _files;
    private readonly ObfuscationKey _key;
    private readonly BitcoinNetwork _network;
    private readonly int _firstHeight;
    private readonly int[] _ranks;

    // The record that was found to be a block's, counted from 1: a block that is read again finds it at once.
    private readonly int[] _claims;
    private int _absent;
    private int _unmatched;
    private int _ambiguous;

    /// <summary>Reads nothing yet.</summary>
    public UndoFiles(DataFiles files, ObfuscationKey key, BitcoinNetwork network, BlockIndex index)
    {
        (_files, _key, _network, _firstHeight) = (files, key, network, index.FirstHeight);
        _ranks = new int[index.Count];
        _claims = new int[index.Count];
        Dictionary<(int File, int Transactions), int> seen = [];
        for (int i = 0; i < _ranks.Length; i++)
        {
            BlockLocation block = index[i];
            (int, int) group = (block.FileNumber, block.TransactionCount);
            _ranks[i] = seen.GetValueOrDefault(group);
            seen[group] = _ranks[i] + 1;
        }
    }

    /// <summary>What was met in the files read so far that is no undo data.</summary>
    public ScanNotes Notes { get; } = new();

    /// <summary>How often undo data was asked for that the files have no record for.</summary>
    public int Absent => Volatile.Read(ref _absent);

    /// <summary>How often undo data was asked for where records of its size are there but none has the checksum: it is absent or broken.</summary>
    public int Unmatched => Volatile.Read(ref _unmatched);

    /// <summary>How often undo data was asked for where two different records may be a block's: its own, and that of a block of a lost branch.</summary>
    public int Ambiguous => Volatile.Read(ref _ambiguous);

    /// <summary>Reads the undo data of a block; false, and counted, where there is none that is valid.</summary>
    /// <param name="block">The block.</param>
    /// <param name="spending">What it spends, where a sibling's undo data could be taken for its own; else null.</param>
    /// <param name="buffer">Of the caller.</param>
    /// <param name="undo">The undo data.</param>
    public bool TryRead(in BlockLocation block, BlockSpending? spending, ref byte[] buffer, out ReadOnlySpan<byte> undo)
    {
        if (block.TransactionCount == 1)
        {
            // A coinbase spends nothing: its undo data says so, and needs no record.
            undo = "\0"u8;
            return true;
        }

        undo = default;
        if (!GroupsOf(block.FileNumber).TryGetValue(block.TransactionCount - 1, out UndoGroup? group))
        {
            Interlocked.Increment(ref _absent);
            return false;
        }

        int position = block.Height - _firstHeight;
        int rank = _ranks[position];
        IEnumerable<int> candidates = _claims[position] > 0 ? [_claims[position] - 1] : group.Candidates(rank);
        int found = spending is null ? First(block, group, candidates, ref buffer) : Only(block, spending, group, candidates, ref buffer);
        if (found < 0)
        {
            Interlocked.Increment(ref found == TwoFound ? ref _ambiguous : ref _unmatched);
            return false;
        }

        group.Claim(found, rank);
        _claims[position] = found + 1;
        undo = buffer.AsSpan(ChecksumLength, group[found].Length);
        return true;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => _files.Dispose();

    private int First(in BlockLocation block, UndoGroup group, IEnumerable<int> candidates, ref byte[] buffer)
    {
        foreach (int candidate in candidates)
        {
            if (TryRead(block, group[candidate], ref buffer))
            {
                return candidate;
            }
        }

        return NoneFound;
    }

    /// <summary>The record that alone fits a block with a sibling. Records of the same content count once: it does not matter which is whose.</summary>
    private int Only(in BlockLocation block, BlockSpending spending, UndoGroup group, IEnumerable<int> candidates, ref byte[] buffer)
    {
        int found = NoneFound;
        byte[]? content = null;
        foreach (int candidate in candidates)
        {
            if (!TryRead(block, group[candidate], ref buffer))
            {
                continue;
            }

            ReadOnlySpan<byte> undo = buffer.AsSpan(ChecksumLength, group[candidate].Length);
            if (!spending.CanBePaidBy(undo) || undo.SequenceEqual(content))
            {
                continue;
            }

            if (content is not null)
            {
                return TwoFound;
            }

            (found, content) = (candidate, undo.ToArray());
        }

        content?.CopyTo(buffer, ChecksumLength);
        return found;
    }

    /// <summary>Reads a record behind the previous block's hash, as its checksum covers them: nothing is copied.</summary>
    private bool TryRead(in BlockLocation block, (long Offset, int Length) place, ref byte[] buffer)
    {
        (long offset, int length) = place;
        int needed = ChecksumLength + length + ChecksumLength;
        if (buffer.Length < needed)
        {
            buffer = new byte[Math.Max(needed, Math.Min(2 * buffer.Length, BlockHead.LongestBlock))];
        }

        Span<byte> previous = buffer.AsSpan(0, ChecksumLength);
        block.PreviousHash.CopyBytes(previous);
        previous.Reverse();
        Span<byte> record = buffer.AsSpan(ChecksumLength, length + ChecksumLength);
        if (_files.Read(block.FileNumber, offset, record) < record.Length)
        {
            return false;
        }

        Span<byte> checksum = stackalloc byte[ChecksumLength];
        DoubleSha256.Hash(buffer.AsSpan(0, ChecksumLength + length), checksum);
        return checksum.SequenceEqual(record[length..]);
    }

    private Dictionary<int, UndoGroup> GroupsOf(int number)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue(number, out Dictionary<int, UndoGroup>? groups))
            {
                groups = [];
                if (_files.Contains(number))
                {
                    Scan(number, groups);
                }

                _groups.Add(number, groups);
            }

            return groups;
        }
    }

    private void Scan(int number, Dictionary<int, UndoGroup> groups)
    {
        RecordScanner scanner = new(_files, number, _key, Notes)
        {
            Shortest = 1,
            Longest = 1 << 28,
            Trailer = ChecksumLength,
            Networks = [_network],
        };
        scanner.Scan(
            (_, offset, length, head) =>
            {
                int at = 0;
                ulong count;
                try
                {
                    count = CompactSize.Read(head, ref at, "count of transactions");
                }
                catch (BitcoinFormatException e)
                {
                    return $"undo data of {length} bytes: {e.Message}";
                }

                if (count > (ulong)(length - at))
                {
                    return $"undo data of {length} bytes for {count} transactions";
                }

                if (!groups.TryGetValue((int)count, out UndoGroup? group))
                {
                    groups.Add((int)count, group = new UndoGroup());
                }

                group.Add(offset, length);
                return null;
            },
            CancellationToken.None);
    }
}
