namespace ChainWatch.Watching;

/// <summary>The wallets that are watched on one chain. An EVM address counts on every EVM chain.</summary>
/// <param name="chain">The chain.</param>
/// <param name="wallets">Wallets of any chain.</param>
internal sealed class WatchedWallets(Chain chain, IEnumerable<Address> wallets)
{
    private readonly HashSet<Address> _wallets = [.. On(chain, wallets)];

    /// <summary>The wallets, as the chain writes them; in no order.</summary>
    public IReadOnlyCollection<Address> All => _wallets;

    /// <summary>Whether an address of the chain is watched.</summary>
    public bool Contains(Address address) => _wallets.Contains(address);

    /// <summary>Watches wallets, or no more.</summary>
    /// <returns>Those that were not watched before, and are now.</returns>
    public IReadOnlyList<Address> Change(IReadOnlyDictionary<Address, bool> wallets)
    {
        foreach (Address gone in On(chain, wallets.Where(w => !w.Value).Select(w => w.Key)))
        {
            _wallets.Remove(gone);
        }

        return [.. On(chain, wallets.Where(w => w.Value).Select(w => w.Key)).Where(_wallets.Add)];
    }

    /// <summary>Watches these wallets, and no others.</summary>
    /// <returns>Those that were not watched before.</returns>
    public IReadOnlyList<Address> Replace(IEnumerable<Address> wallets)
    {
        HashSet<Address> before = [.. _wallets];
        _wallets.Clear();
        _wallets.UnionWith(On(chain, wallets));
        return [.. _wallets.Where(w => !before.Contains(w))];
    }

    private static IEnumerable<Address> On(Chain chain, IEnumerable<Address> wallets) => wallets.Select(w => w.CountedOn(chain)).Where(w => w.Chain == chain);
}
