using System.Collections.Concurrent;
using System.Globalization;
using ChainWatch.Bitcoin.Files;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin;

/// <summary>
/// Every transaction in the <c>blocks</c> folder of a Bitcoin Core node: <c>blk*.dat</c>, with the spent outputs from
/// <c>rev*.dat</c> where they are there, and the key in <c>xor.dat</c> (Bitcoin Core 28 and later). The branch with the most
/// work is read; every block's hash and merkle root are checked. No node has to run.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="takenAs">The chain as which its transactions are taken, for a private network whose addresses are written as another's; null: that of the files.</param>
public sealed class BlockFilesTransferSource(string folder, Chain? takenAs = null) : ITransferSource
{
    private readonly ConcurrentBag<BlockFileReader> _readers = [];

    /// <summary>Sends the transactions of the blocks asked for, block by block in ascending order.</summary>
    /// <exception cref="ChainWatchException">No such folder, files of two networks, a malformed block, or a question about addresses.</exception>
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        if (query.Addresses is not null || query.Transactions is not null)
        {
            throw new ChainWatchException($"{folder}: block files are read by blocks; expected a question without addresses and transactions");
        }

        using BlockFolder files = BlockFolder.Open(folder, cancellationToken);
        Chain chain = takenAs ?? files.Chain;
        BlockWindow all = new(files.Index.FirstHeight, files.Index.LastHeight);
        BlockWindow asked = query.Blocks?.UpTo(all.Last) ?? all;
        BlockWindow window = new(Math.Max(asked.First, all.First), Math.Min(asked.Last, all.Last));
        ScriptTally withoutAddress = new();
        IEnumerable<BlockLocation> blocks = Enumerable.Range(0, (int)Math.Max(0, window.Count)).Select(i => files.Blocks[(int)(window.First - all.First) + i]);
        await foreach (BlockFileAnswer block in OrderedWork.RunAsync(blocks, (b, _) => Task.Run(() => Read(files, chain, b), cancellationToken), Environment.ProcessorCount, cancellationToken).ConfigureAwait(false))
        {
            foreach (Movement movement in block.Movements)
            {
                sink.Add(movement);
            }

            withoutAddress.Add(block.WithoutAddress);
        }

        return [Coverage(files, chain, query.Blocks is null, asked, window, withoutAddress)];
    }

    // Buffers go from block to block, not from thread to thread.
    private BlockFileAnswer Read(BlockFolder files, Chain chain, BlockLocation block)
    {
        BlockFileReader reader = _readers.TryTake(out BlockFileReader? known) ? known : new BlockFileReader();
        BlockFileAnswer answer = reader.Read(files, chain, block);
        _readers.Add(reader);
        return answer;
    }

    private SourceCoverage Coverage(BlockFolder files, Chain chain, bool isEverything, BlockWindow asked, BlockWindow window, ScriptTally withoutAddress)
    {
        List<CoverageGap> gaps = [];
        BlockIndex index = files.Index;
        if (isEverything ? index.FirstHeight > 0 : asked.First < index.FirstHeight)
        {
            gaps.Add(new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"the files hold {chain} from block {index.FirstHeight} on: what was before is missing"), 1));
        }

        if (asked.Last > index.LastHeight)
        {
            gaps.Add(new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"the files' newest block is {index.LastHeight}: the blocks up to {asked.Last} are missing"), 1));
        }

        foreach (BlockFragment fragment in index.Fragments)
        {
            string where = fragment.FirstHeight is int height ? string.Create(CultureInfo.InvariantCulture, $" from height {height} on") : "";
            gaps.Add(new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"{fragment.Blocks} blocks{where} do not hang together with the rest, since block {fragment.MissingBlock} is not in the files: they were not read"), fragment.Blocks));
        }

        List<string> notes = [string.Create(CultureInfo.InvariantCulture, $"blocks {window.First} to {window.Last} of {chain}, each read whole; seen: coin")];
        void Note(long count, string one, string many)
        {
            if (count > 0)
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}"));
            }
        }

        if (chain != files.Chain)
        {
            notes.Add($"the files are of {files.Chain}, taken as {chain} on the user's word");
        }

        Note(index.StaleBlocks, "block of a branch that lost was left out", "blocks of branches that lost were left out");
        Note(index.DuplicateBlocks, "block stands in the files twice and counts once", "blocks stand in the files twice and count once");
        Note(files.Notes.HalfWritten, "half-written block at the end of a file was left out", "half-written blocks at the end of files were left out");
        Note(files.Notes.Garbage + files.Notes.Unfit, "place in the block files that is no block", "places in the block files that are no blocks");
        if (files.Notes.First is string first)
        {
            notes.Add($"the first of these: {first}");
        }

        Note(files.Undo.Absent, "block without undo data: what it spent is told by the outputs at hand", "blocks without undo data: what they spent is told by the outputs at hand");
        Note(files.Undo.Unmatched + files.Undo.Ambiguous, "block whose undo data do not fit it: what it spent is told by the outputs at hand", "blocks whose undo data do not fit them: what they spent is told by the outputs at hand");
        return new SourceCoverage
        {
            Name = folder,
            Kind = "bitcoin-block-files",
            Rows = Math.Max(0, window.Count),
            Notes = notes,
            Counts = withoutAddress.Counts(),
            Windows = window.Count <= 0 ? [] : [new ReadWindow(
                chain,
                window.First,
                window.Last,
                files.Blocks[(int)(window.First - index.FirstHeight)].PreviousHash.ToString(),
                files.Blocks[(int)(window.Last - index.FirstHeight)].Hash.ToString())],
            Gaps = gaps,
        };
    }
}
