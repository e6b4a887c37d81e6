namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Pairs the entries in force with the addresses of a publication. An address that passes from one party to another stays
/// on the list; of two parties that share it, each has its own entry.
/// </summary>
internal sealed class OfacMatching
{
    public OfacMatching(IReadOnlyList<Designation> inForce, IReadOnlyList<OfacAddress> now)
    {
        List<Designation> before = [.. inForce];
        List<OfacAddress> after = [.. now];
        List<(Designation, OfacAddress)> pairs = [];
        Pair((d, a) => d.EntityId == a.EntityId);
        Pair((d, a) => d.EntityId.Length == 0 && EntityName.IsSame(d.Entity, a.EntityName));
        Pair((_, _) => true);
        PairOpaque();
        Pairs = pairs;
        New = after;
        Gone = before;

        void Pair(Func<Designation, OfacAddress, bool> fits)
        {
            Dictionary<Address, List<Designation>> byAddress = before.GroupBy(d => Key(d.Address)).ToDictionary(g => g.Key, g => g.ToList());
            HashSet<Designation> taken = new(ReferenceEqualityComparer.Instance);
            after.RemoveAll(address =>
            {
                List<Designation> candidates = byAddress.GetValueOrDefault(Key(address.Address), []);
                Designation? partner = candidates.Find(d => !taken.Contains(d) && fits(d, address));
                if (partner is not null)
                {
                    taken.Add(partner);
                    pairs.Add((partner, address));
                }

                return partner is not null;
            });
            before.RemoveAll(taken.Contains);
        }

        // What an earlier version carried unchecked, and this one knows.
        void PairOpaque() => before.RemoveAll(old =>
        {
            int now = old.Address.Kind == AddressKind.Text
                ? after.FindIndex(a => a.EntityId == old.EntityId && a.Tickers.Intersect(old.Tickers).Any() && a.Address.ToString().Equals(old.Address.ToString(), StringComparison.OrdinalIgnoreCase))
                : -1;
            if (now >= 0)
            {
                pairs.Add((old, after[now]));
                after.RemoveAt(now);
            }

            return now >= 0;
        });
    }

    /// <summary>The entries that stay, each with what the publication says now.</summary>
    public IReadOnlyList<(Designation Before, OfacAddress Now)> Pairs { get; }

    /// <summary>The addresses that had no entry in force.</summary>
    public IReadOnlyList<OfacAddress> New { get; }

    /// <summary>The entries whose address the publication does not show.</summary>
    public IReadOnlyList<Designation> Gone { get; }

    private static Address Key(Address address) => OfacAddresses.MatchKey(address);
}
