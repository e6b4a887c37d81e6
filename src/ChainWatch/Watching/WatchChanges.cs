namespace ChainWatch.Watching;

/// <summary>What was asked of a watcher while it runs, until it takes it up. For any thread.</summary>
internal sealed class WatchChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Address, bool> _wallets = [];
    private WatchRequest? _request;

    /// <summary>Everything is asked anew; what was asked of single wallets before goes with it.</summary>
    public void Add(WatchRequest request)
    {
        lock (_lock)
        {
            _request = request;
            _wallets.Clear();
        }
    }

    /// <summary>Wallets are to be watched, or no more.</summary>
    public void Add(IEnumerable<Address> wallets, bool isWatched)
    {
        lock (_lock)
        {
            foreach (Address wallet in wallets)
            {
                _wallets[wallet] = isWatched;
            }
        }
    }

    /// <summary>Takes what was asked.</summary>
    /// <returns>The new request, or null; and the wallets that are to be watched after it, or no more.</returns>
    public (WatchRequest? Request, IReadOnlyDictionary<Address, bool> Wallets) Take()
    {
        lock (_lock)
        {
            (WatchRequest? Request, IReadOnlyDictionary<Address, bool> Wallets) taken = (_request, new Dictionary<Address, bool>(_wallets));
            _request = null;
            _wallets.Clear();
            return taken;
        }
    }
}
