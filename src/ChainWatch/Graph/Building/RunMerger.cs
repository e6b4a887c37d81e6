using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Merges runs with a tournament of losers: one comparison a level for each row. A chunk that comes wholly before all
/// other runs' rows is passed on as it is. Of equal rows those of the earlier run come first.
/// </summary>
/// <remarks>Source: Knuth, The Art of Computer Programming, volume 3, 5.4.1.</remarks>
internal sealed class RunMerger<TRow, TOrder> : IDisposable
    where TRow : unmanaged
    where TOrder : struct, IRowOrder<TRow>
{
    private readonly TOrder _order;
    private readonly RunReader<TRow, TOrder>[] _runs;
    private readonly TRow[] _batch;

    // At 1 and above the losers of the matches, at 0 the winner; run r plays its first match at (r + runs) / 2.
    private readonly int[] _losers;

    /// <summary>Opens the runs; takes a chunk's memory for each and one more.</summary>
    public RunMerger(SpillFile file, ReadOnlySpan<SpillRun> runs, TOrder order)
    {
        _order = order;
        _runs = new RunReader<TRow, TOrder>[runs.Length];
        _losers = new int[runs.Length];
        _batch = new TRow[file.ChunkRows];
        try
        {
            for (int i = 0; i < runs.Length; i++)
            {
                _runs[i] = new RunReader<TRow, TOrder>(file, runs[i], order);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Passes all rows on, in order.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Merge(RowSink<TRow> sink, CancellationToken cancellationToken)
    {
        int count = 0;
        bool isNewChunk = true;
        Play();
        while (true)
        {
            int winner = _losers[0];
            RunReader<TRow, TOrder> run = _runs[winner];
            if (run.IsAtEnd)
            {
                break;
            }

            if (isNewChunk)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (isNewChunk && IsBeforeAllOthers(winner))
            {
                Flush(sink, ref count);
                sink(run.Rest);
                run.Skip(run.Rest.Length);
            }
            else
            {
                _batch[count++] = Head(run);
                if (count == _batch.Length)
                {
                    Flush(sink, ref count);
                }

                isNewChunk = run.Skip(1);
            }

            Replay(winner);
        }

        Flush(sink, ref count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RunReader<TRow, TOrder>? run in _runs)
        {
            run?.Dispose();
        }
    }

    private void Flush(RowSink<TRow> sink, ref int count)
    {
        if (count > 0)
        {
            sink(_batch.AsSpan(0, count));
            count = 0;
        }
    }

    private void Play()
    {
        int runs = _runs.Length;
        int[] winners = new int[2 * runs];
        for (int node = (2 * runs) - 1; node > 0; node--)
        {
            if (node >= runs)
            {
                winners[node] = node - runs;
                continue;
            }

            (int left, int right) = (winners[2 * node], winners[(2 * node) + 1]);
            (winners[node], _losers[node]) = IsBefore(left, right) ? (left, right) : (right, left);
        }

        _losers[0] = winners[1];
    }

    private void Replay(int winner)
    {
        for (int node = (winner + _runs.Length) / 2; node > 0; node /= 2)
        {
            if (IsBefore(_losers[node], winner))
            {
                (_losers[node], winner) = (winner, _losers[node]);
            }
        }

        _losers[0] = winner;
    }

    // Whoever comes second has lost to the winner itself.
    private bool IsBeforeAllOthers(int winner)
    {
        ReadOnlySpan<TRow> rest = _runs[winner].Rest;
        ref readonly TRow last = ref rest[^1];
        for (int node = (winner + _runs.Length) / 2; node > 0; node /= 2)
        {
            int other = _losers[node];
            if (!_runs[other].IsAtEnd && _order.Compare(last, Head(_runs[other])) is int order && (order > 0 || (order == 0 && other < winner)))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsBefore(int x, int y)
    {
        RunReader<TRow, TOrder> left = _runs[x];
        RunReader<TRow, TOrder> right = _runs[y];
        if (left.IsAtEnd || right.IsAtEnd)
        {
            return !left.IsAtEnd || (right.IsAtEnd && x < y);
        }

        if (left.Key != right.Key)
        {
            return left.Key < right.Key;
        }

        int order = _order.Compare(Head(left), Head(right));
        return order != 0 ? order < 0 : x < y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ref readonly TRow Head(RunReader<TRow, TOrder> run) => ref *run.Head;
}
