using System.Globalization;
using System.Numerics;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

/// <summary>
/// The oracle: enumerates every chain of transfers up to the hop limit and tests each pair of neighbours against the
/// meanings of DESIGN section 2, straight from the movements. Shares no code with the tracer.
/// </summary>
internal sealed class BruteForce
{
    private readonly RandomCase _case;
    private readonly bool _throughOpaque;
    private readonly Dictionary<Address, StopKind> _stops;
    private readonly HashSet<long> _blocksWithoutOrder;
    private readonly List<Hop> _hops = [];
    private readonly List<Hop> _dust = [];
    private readonly Dictionary<Address, Position> _crossings = [];

    public BruteForce(RandomCase randomCase, bool throughOpaque = false)
    {
        _case = randomCase;
        _throughOpaque = throughOpaque;
        _stops = randomCase.Labels.ToDictionary(l => l.Address, l => l.Kind);
        _blocksWithoutOrder = [.. randomCase.Movements.Where(m => m.Position.Index is null).Select(m => m.Position.Block)];
        for (int i = 0; i < randomCase.Movements.Count; i++)
        {
            AddHops(i, randomCase.Movements[i]);
        }

        if (randomCase.MaxDegree is int limit)
        {
            FindCrossings(limit);
        }
    }

    /// <summary>Everything there is to say of the addresses reached from (or reaching) the seeds.</summary>
    public Dictionary<Address, Reached> Reach(IReadOnlyCollection<Address> seeds, Direction direction, bool designated)
    {
        Dictionary<Address, Reached> reached = [];
        foreach (Address seed in seeds)
        {
            reached[seed] = new Reached { Hops = 0 };
        }

        foreach (Hop first in _hops.Where(h => seeds.Contains(Tail(h, direction))))
        {
            Extend([first], PathOrder.Proven, direction, seeds, reached);
        }

        foreach (Hop dust in designated ? _dust.Where(h => seeds.Contains(Tail(h, direction))) : [])
        {
            Reached head = At(reached, Head(dust, direction));
            head.Inflows.Add((dust.Movement, dust.To));
            if (head.Hops > 1)
            {
                (head.Hops, head.IsDust, head.BestOrder) = (1, true, PathOrder.Proven);
                (head.FirstArrival, head.BestArrival) = (dust.Position, dust.Position);
            }
            else if (head is { Hops: 1, IsDust: true })
            {
                head.FirstArrival = head.BestArrival = Earlier(head.FirstArrival!.Value, dust.Position, direction);
            }
        }

        return reached;
    }

    public bool IsCrossed(Address address) => _crossings.ContainsKey(address);

    /// <summary>Whether two transfers that meet in an address may follow one another on a path, and how well their order is known.</summary>
    public PathOrder? Order(Address through, Hop before, Hop after)
    {
        int order = before.Position.CompareTo(after.Position);
        if (order > 0 || (order == 0 && _case.Strict))
        {
            return null;
        }

        bool sameKnown = order == 0 && (before.Position.Index >= 0 || Equal(before.Hash, after.Hash) || Equal(before.Index, after.Index));
        bool mayBeSame = order == 0 && (sameKnown || !(Differ(before.Hash, after.Hash) || Differ(before.Index, after.Index)));
        if (!_throughOpaque && _crossings.TryGetValue(through, out Position crossing) && after.Position.CompareTo(crossing) >= 0)
        {
            return null;
        }

        if (_stops.TryGetValue(through, out StopKind kind))
        {
            bool open = kind switch
            {
                StopKind.Service => false,
                StopKind.Contract => mayBeSame,
                _ => _throughOpaque,
            };
            if (!open)
            {
                return null;
            }
        }

        return order < 0 ? PathOrder.Proven : sameKnown ? PathOrder.SameTransaction : PathOrder.Assumed;
    }

    public IEnumerable<Hop> Hops => _hops;

    /// <summary>Per opaque stop on any path to (from) the wallet, what went in and what came out on the list's and the wallet's side.</summary>
    public Dictionary<Address, (BigInteger ListSide, BigInteger WalletSide)> Stops(IReadOnlyCollection<Address> seeds, Address wallet, Direction direction)
    {
        Dictionary<Address, HashSet<Hop>> walletSide = [];
        void Walk(List<Hop> path)
        {
            Address head = Head(path[^1], direction);
            if (head == wallet)
            {
                for (int i = 0; i + 1 < path.Count; i++)
                {
                    Address between = Head(path[i], direction);
                    Hop leaving = direction == Direction.Received ? path[i + 1] : path[i];
                    bool opaque = _stops.TryGetValue(between, out StopKind kind) ? kind == StopKind.Opaque
                        : _crossings.TryGetValue(between, out Position crossing) && leaving.Position.CompareTo(crossing) >= 0;
                    if (opaque && !seeds.Contains(between) && between != wallet)
                    {
                        walletSide.TryAdd(between, []);
                        walletSide[between].Add(path[i + 1]);
                    }
                }
            }

            foreach (Hop next in path.Count < _case.MaxHops ? _hops : [])
            {
                if (Tail(next, direction) == head && (direction == Direction.Received ? Order(head, path[^1], next) : Order(head, next, path[^1])) is not null)
                {
                    path.Add(next);
                    Walk(path);
                    path.RemoveAt(path.Count - 1);
                }
            }
        }

        foreach (Hop first in _hops.Where(h => seeds.Contains(Tail(h, direction))))
        {
            Walk([first]);
        }

        Dictionary<Address, Reached> reached = Reach(seeds, direction, designated: false);
        return walletSide.ToDictionary(s => s.Key, s => (
            Sum(reached[s.Key].Inflows),
            Sum(s.Value.Select(h => (h.Movement, h.To)))));
    }

    // What payees got by movements, each once.
    private BigInteger Sum(IEnumerable<(int Movement, Address Payee)> gains) => gains.Distinct().Aggregate(
        BigInteger.Zero,
        (sum, g) => sum + _hops.First(h => h.Movement == g.Movement && h.To == g.Payee).Value.ToBigInteger());

    private static bool Equal(string? x, string? y) => x is not null && x == y;

    private static bool Differ(string? x, string? y) => x is not null && y is not null && x != y;

    private void Extend(List<Hop> path, PathOrder order, Direction direction, IReadOnlyCollection<Address> seeds, Dictionary<Address, Reached> reached)
    {
        Hop last = path[^1];
        Address head = Head(last, direction);
        Reached at = At(reached, head);
        at.Inflows.Add((last.Movement, last.To));
        if (path.Count < at.Hops || (path.Count == at.Hops && at.IsDust))
        {
            (at.Hops, at.IsDust, at.BestOrder, at.FirstArrival, at.BestArrival) = (path.Count, false, order, last.Position, last.Position);
        }
        else if (path.Count == at.Hops)
        {
            at.FirstArrival = Earlier(at.FirstArrival!.Value, last.Position, direction);
            if (order < at.BestOrder)
            {
                (at.BestOrder, at.BestArrival) = (order, last.Position);
            }
            else if (order == at.BestOrder)
            {
                at.BestArrival = Earlier(at.BestArrival!.Value, last.Position, direction);
            }
        }

        foreach (Hop next in _hops)
        {
            if (Tail(next, direction) != head)
            {
                continue;
            }

            PathOrder? step = seeds.Contains(head) ? PathOrder.Proven
                : direction == Direction.Received ? Order(head, last, next)
                : Order(head, next, last);
            if (step is not PathOrder known)
            {
                continue;
            }

            if (path.Count < _case.MaxHops)
            {
                at.GoesOn = true;
                path.Add(next);
                Extend(path, known > order ? known : order, direction, seeds, reached);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    private void AddHops(int movement, Movement m)
    {
        if (m.Asset != RandomCase.Coin)
        {
            return; // a token that no list knows
        }

        bool ordered = !_blocksWithoutOrder.Contains(m.Position.Block);
        Position position = new(m.Position.Block, ordered ? m.Position.Index!.Value : -1);
        // What some row of the block tells of the transaction holds for all its rows.
        Movement[] block = [.. _case.Movements.Where(o => o.Position.Block == m.Position.Block)];
        string? hash = (m.Tx ?? block.FirstOrDefault(o => o.Tx is not null && o.Position.Index is not null && o.Position.Index == m.Position.Index)?.Tx)?.ToString();
        string? index = (m.Position.Index ?? block.FirstOrDefault(o => o.Position.Index is not null && o.Tx is not null && o.Tx == m.Tx)?.Position.Index)?.ToString(CultureInfo.InvariantCulture);
        foreach (Address from in m.Inputs.Where(i => i.Owner is Address owner && !owner.IsZero).Select(i => i.Owner!.Value).Distinct())
        {
            foreach (IGrouping<Address, MovementOutput> to in m.Outputs.Where(o => o.Owner is Address owner && !owner.IsZero).GroupBy(o => o.Owner!.Value).Where(g => g.Key != from))
            {
                Amount value = to.Aggregate(Amount.Zero, (sum, o) => sum + o.Value);
                Hop hop = new(movement, from, to.Key, position, hash, index, value);
                if (value >= RandomCase.Minimum)
                {
                    _hops.Add(hop);
                }
                else if (!value.IsZero)
                {
                    _dust.Add(hop);
                }
            }
        }
    }

    private void FindCrossings(int limit)
    {
        // A label says what an address is; the limit is for those of which nothing is known.
        foreach (Address address in _case.Addresses.Where(a => !_stops.ContainsKey(a)))
        {
            int degree = 0;
            foreach (IGrouping<Position, int> group in _hops
                .Where(h => h.From == address || h.To == address)
                .GroupBy(h => h.Position, h => h.Movement)
                .OrderBy(g => g.Key))
            {
                degree += group.Distinct().Count();
                if (degree > limit)
                {
                    _crossings[address] = group.Key;
                    break;
                }
            }
        }
    }

    private static Reached At(Dictionary<Address, Reached> reached, Address address)
    {
        if (!reached.TryGetValue(address, out Reached? at))
        {
            reached[address] = at = new Reached();
        }

        return at;
    }

    private static Address Tail(Hop hop, Direction direction) => direction == Direction.Received ? hop.From : hop.To;

    private static Address Head(Hop hop, Direction direction) => direction == Direction.Received ? hop.To : hop.From;

    private static Position Earlier(Position x, Position y, Direction direction) =>
        x.CompareTo(y) < 0 == (direction == Direction.Received) ? x : y;

    internal sealed class Reached
    {
        public int Hops { get; set; } = int.MaxValue;

        public bool IsDust { get; set; }

        public bool GoesOn { get; set; }

        public PathOrder BestOrder { get; set; }

        public Position? FirstArrival { get; set; }

        public Position? BestArrival { get; set; }

        public HashSet<(int Movement, Address Payee)> Inflows { get; } = [];
    }

    internal readonly record struct Hop(int Movement, Address From, Address To, Position Position, string? Hash, string? Index, Amount Value);

    internal readonly record struct Position(long Block, int Index) : IComparable<Position>
    {
        public int CompareTo(Position other) => (Block, Index).CompareTo((other.Block, other.Index));
    }
}
