using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Coins;

/// <summary>
/// The oracle of the view by coin: enumerates every chain of spent outputs, straight from the movements. Shares no code with
/// the tracer.
/// </summary>
internal sealed class CoinBruteForce
{
    private readonly CoinCase _case;
    private readonly TraceRequest _request;
    private readonly HashSet<Address> _seeds;
    private readonly Dictionary<Address, StopKind> _stops;
    private readonly HashSet<long> _disordered;
    private readonly Dictionary<Address, (long Block, int Index)> _crossings = [];

    public CoinBruteForce(CoinCase c)
    {
        (_case, _request, _seeds) = (c, c.Request, [.. c.Seeds]);
        _stops = c.Labels.ToDictionary(l => l.Address, l => l.Kind);
        _disordered = [.. c.Movements.Where(m => m.Position.Index is null).Select(m => m.Position.Block)];
        if (_request.Stops.MaxDegree is int limit)
        {
            FindCrossings(limit);
        }
    }

    /// <summary>Per address the least number of hops by coin, and the first (sent: the last) position at which it is reached so.</summary>
    public Dictionary<Address, (int Hops, ChainPosition Arrival)> Reach(Direction direction)
    {
        Dictionary<Address, (int Hops, ChainPosition Arrival)> reached = [];
        foreach (Movement first in _case.Movements)
        {
            foreach (Address from in first.Inputs.Select(i => i.Owner).OfType<Address>().Distinct())
            {
                if (_seeds.Contains(from) == (direction == Direction.Received))
                {
                    Extend(from, first, first, from, 0);
                }
            }
        }

        return reached;

        void Extend(Address start, Movement first, Movement movement, Address from, int hops)
        {
            foreach (MovementOutput output in movement.Outputs.Where(o => CanStep(movement, from, o)))
            {
                Address to = output.Owner!.Value;
                int now = hops + (to == from ? 0 : 1);
                if (now > _request.MaxHops)
                {
                    continue;
                }

                if (_seeds.Contains(to))
                {
                    if (direction == Direction.Sent)
                    {
                        Note(start, now, first.Position);
                    }

                    continue;
                }

                if (direction == Direction.Received)
                {
                    Note(to, now, movement.Position);
                }

                foreach (Movement next in _case.Movements.Where(m => m.Inputs.Any(i => i.OutPoint == output.OutPoint) && CanPass(to, movement, m)))
                {
                    Extend(start, first, next, to, now);
                }
            }
        }

        void Note(Address address, int hops, ChainPosition at)
        {
            bool better = !reached.TryGetValue(address, out (int Hops, ChainPosition Arrival) known) || hops < known.Hops
                || (hops == known.Hops && (direction == Direction.Received ? at.CompareTo(known.Arrival) < 0 : at.CompareTo(known.Arrival) > 0));
            if (better)
            {
                reached[address] = (hops, at);
            }
        }
    }

    /// <summary>Whether an input owner's coin can go on to an output.</summary>
    public bool CanStep(Movement movement, Address from, MovementOutput output) =>
        output.Owner is Address to && !output.Value.IsZero && !IsClosed(movement) && (to == from || IsFollowed(movement, to));

    /// <summary>Whether an owner's coin may be spent on: it is no stop there.</summary>
    public bool CanPass(Address owner, Movement made, Movement spent) =>
        !_stops.ContainsKey(owner)
        && !(_crossings.TryGetValue(owner, out (long, int) crossing) && PlaceOf(spent).CompareTo(crossing) >= 0)
        && !(_request.StrictOrder && PlaceOf(made) == PlaceOf(spent));

    private bool IsClosed(Movement movement) => !_request.ThroughCoinJoin && CoinJoins.Recognise(movement) != CoinJoinRule.None;

    private bool IsFollowed(Movement movement, Address to)
    {
        Amount sum = movement.Outputs.Where(o => o.Owner == to).Aggregate(Amount.Zero, (s, o) => s + o.Value);
        return !sum.IsZero && !(_request.MinValues.TryGetValue(CoinCase.Bitcoin, out Amount minimum) && sum < minimum);
    }

    private (long Block, int Index) PlaceOf(Movement m) => (m.Position.Block, _disordered.Contains(m.Position.Block) ? -1 : m.Position.Index!.Value);

    // Followed hops of a transaction count once for each address.
    private void FindCrossings(int limit)
    {
        foreach (Address address in _case.Addresses.Where(a => !_stops.ContainsKey(a)))
        {
            int degree = 0;
            foreach (Movement m in _case.Movements.OrderBy(PlaceOf))
            {
                Address[] payers = [.. m.Inputs.Select(i => i.Owner).OfType<Address>()];
                bool pays = payers.Contains(address) && m.Outputs.Any(o => o.Owner is Address to && to != address && IsFollowed(m, to));
                bool isPaid = payers.Any(p => p != address) && IsFollowed(m, address);
                degree += pays || isPaid ? 1 : 0;
                if (degree > limit)
                {
                    _crossings[address] = PlaceOf(m);
                    break;
                }
            }
        }
    }
}
