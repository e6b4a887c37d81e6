using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>Wallets that were added or taken away while the watch runs: they stay so when the files are read anew.</summary>
internal sealed class AddedWallets
{
    private readonly Dictionary<Address, bool> _wallets = [];

    public void Note(IReadOnlyCollection<Address> wallets, bool isWatched)
    {
        foreach (Address wallet in wallets)
        {
            _wallets[wallet] = isWatched;
        }
    }

    public WatchRequest On(WatchRequest request) => _wallets.Count == 0 ? request : request with
    {
        Trace = request.Trace with
        {
            To = [.. request.Trace.To.Where(w => _wallets.GetValueOrDefault(w, true)).Concat(_wallets.Where(w => w.Value).Select(w => w.Key)).Distinct()],
        },
    };
}
