namespace ChainWatch.Tests.Tracing;

/// <summary>Two wrong searches, kept to show what they get wrong.</summary>
internal static class VisitedSetSearch
{
    /// <summary>Breadth-first over transfers, their order ignored: accuses addresses that were paid before the funds arrived.</summary>
    public static HashSet<Address> IgnoringTime(IEnumerable<BruteForce.Hop> hops, Address seed, int maxHops)
    {
        HashSet<Address> visited = [seed];
        Address[] ring = [seed];
        for (int hop = 1; hop <= maxHops && ring.Length > 0; hop++)
        {
            ring = [.. hops.Where(h => ring.Contains(h.From)).Select(h => h.To).Distinct().Where(visited.Add)];
        }

        return visited;
    }

    /// <summary>Breadth-first in order, but each address only once, at its first visit by fewest hops: misses what only a longer and earlier way reaches.</summary>
    public static HashSet<Address> FirstVisitOnly(IEnumerable<BruteForce.Hop> hops, Address seed, int maxHops)
    {
        Dictionary<Address, BruteForce.Position> visited = new() { [seed] = new(long.MinValue, 0) };
        Address[] ring = [seed];
        for (int hop = 1; hop <= maxHops && ring.Length > 0; hop++)
        {
            List<Address> next = [];
            foreach (BruteForce.Hop h in hops.Where(h => ring.Contains(h.From)).OrderBy(h => h.Position).ToList())
            {
                if (h.Position.CompareTo(visited[h.From]) >= 0 && visited.TryAdd(h.To, h.Position))
                {
                    next.Add(h.To);
                }
            }

            ring = [.. next];
        }

        return [.. visited.Keys];
    }
}
