using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>
/// The alerts of one chain on their way into the log: each waits until enough blocks stand on it. What was written down is told
/// once, also where something failed after it.
/// </summary>
/// <param name="book">What was written down.</param>
/// <param name="judge">What is watched by now.</param>
/// <param name="confirmations">So many blocks, its own counted, must stand on a transfer.</param>
/// <param name="source">The endpoint, for the blocks' hashes.</param>
/// <param name="name">Its name, for messages.</param>
internal sealed class AlertQueue(AlertBook book, AlertJudge judge, int confirmations, IChainSource source, string name)
{
    private readonly List<Alert> _waiting = [];
    private readonly List<Alert> _untold = [];

    /// <summary>The ids of those that wait.</summary>
    public IEnumerable<string> Waiting => _waiting.Select(a => a.Id);

    /// <summary>Takes an alert; its block is known by height and time alone.</summary>
    public void Add(Alert alert)
    {
        book.See(alert);
        _waiting.Add(alert);
    }

    /// <summary>The blocks from a height on are gone.</summary>
    /// <returns>The wallets that history was about to tell of by them.</returns>
    public IReadOnlyList<Address> TakeBack(long height)
    {
        Alert[] gone = [.. _waiting.Where(a => a.Path[^1].Position.Block >= height)];
        _waiting.RemoveAll(gone.Contains);
        return [.. gone.Where(a => a.IsRetroactive).Select(a => a.Wallet)];
    }

    /// <summary>The fewest hops that a wallet was told, or is about to be told, to be from a list; null: nothing was.</summary>
    public int? NearestTo(string list, Direction direction, Address wallet)
    {
        int? told = book.NearestTo(list, direction, wallet);
        foreach (Alert alert in _waiting)
        {
            if (!alert.IsNote && alert.Wallet == wallet && alert.Direction == direction && alert.List == list && !(told <= alert.Hops))
            {
                told = alert.Hops;
            }
        }

        return told;
    }

    /// <summary>Writes down what has waited long enough.</summary>
    /// <param name="newest">The newest height that is known of.</param>
    /// <param name="hashAt">The hash of a block as it was read; null where it is not kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChainWatchException">It cannot be written, or the endpoint does not answer: what was not written waits on.</exception>
    public async Task ReleaseAsync(long newest, Func<long, string?> hashAt, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _waiting.Count;)
        {
            Alert alert = _waiting[i];
            long blocks = newest - alert.Block.Height + 1;
            if (blocks < confirmations)
            {
                i++;
                continue;
            }

            if (judge.IsWatched(alert) && book.IsNew(alert))
            {
                BlockRef block = await source.FindBlockAsync(alert.Block.Height, cancellationToken).ConfigureAwait(false)
                    ?? throw new ChainWatchException($"{name}: does not have block {alert.Block.Height} any more, which an alert stands in");
                if (hashAt(block.Height) is string hash && hash != block.Hash)
                {
                    // Another branch by now: the next step takes back what was read.
                    return;
                }

                _untold.AddRange(book.Raise(alert with { Block = block, Confirmations = (int)Math.Min(int.MaxValue, blocks) }));
            }

            _waiting.RemoveAt(i);
        }
    }

    /// <summary>Withdraws what is in doubt; to be called when the chain has caught up.</summary>
    /// <exception cref="ChainWatchException">As of <see cref="ReleaseAsync"/>.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (AlertBook.Doubt doubt in book.Doubtful)
        {
            WithdrawalCause cause = doubt.Cause
                ?? (await source.FindBlockAsync(doubt.Alert.Block.Height, cancellationToken).ConfigureAwait(false) is BlockRef block && block.Hash == doubt.Alert.Block.Hash
                    ? WithdrawalCause.RulesChanged
                    : WithdrawalCause.Reorganised);
            _untold.AddRange(book.Withdraw(doubt, cause));
        }
    }

    /// <summary>What was written down and not told yet.</summary>
    public Alert[] Tell()
    {
        Alert[] told = [.. _untold];
        _untold.Clear();
        return told;
    }
}
