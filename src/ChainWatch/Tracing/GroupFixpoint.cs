using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>
/// Labels inside one position. Its transfers may follow one another in any order, so labels run to a fixpoint: each pass
/// relaxes every transfer, until none improves. Labels are kept per address and transaction, because a contract is
/// transparent only inside one transaction and because neighbours of one transaction are better ordered than neighbours
/// of one block.
/// </summary>
internal sealed class GroupFixpoint(Lane lane)
{
    private readonly bool _reversed = lane.Question.Reversed;
    private LaneRules _rules = lane.Question.Rules;
    private ChainLog _log = lane.Question.Rules.Log;
    private GroupSides _sides = new(lane.Question.Rules, lane.Question.Reversed, lane.Question.ThroughOpaque);
    private readonly Dictionary<int, GroupArrivals> _arrivals = [];
    private readonly List<(int Address, GroupArrival Arrival)> _nearestFirst = [];
    private int _group;
    private bool _isOneTransaction;

    public void Run(int group)
    {
        if (!ReferenceEquals(_rules, lane.Question.Rules))
        {
            (_rules, _log) = (lane.Question.Rules, lane.Question.Rules.Log);
            _sides = new GroupSides(_rules, _reversed, lane.Question.ThroughOpaque);
        }

        _group = group;
        _isOneTransaction = _log.Groups.IndexOf(group) >= 0;
        int start = _log.Groups.StartOf(group);
        int end = _log.EndOf(group);
        _arrivals.Clear();
        bool enters = AnyEnters(start, end);
        if (enters)
        {
            RelaxAll(start, end);
            FindWitnesses(start, end);
            NoteInflowsAndDust(start, end);
        }

        if (lane.NotesConduits)
        {
            NoteConduits(start, end);
        }

        if (enters)
        {
            Merge();
        }
    }

    private void RelaxAll(int start, int end)
    {
        bool improved = true;
        while (improved)
        {
            improved = false;
            for (int i = start; i < end; i++)
            {
                improved |= Relax(i);
            }
        }
    }

    private bool AnyEnters(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            foreach (int tail in _sides.Tails(i))
            {
                if (lane.LeavingLabel(tail, _group) != Label.Unreached)
                {
                    return true;
                }
            }

            foreach (int tail in _reversed ? _sides.Payees(i, dust: true) : _sides.Payers(i, dust: true))
            {
                if (lane.ReachOf(tail) == Label.Seed)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Relax(int i)
    {
        bool improved = false;
        ReadOnlySpan<int> tails = _sides.Tails(i);
        if (tails.IsEmpty)
        {
            return false;
        }

        TxRef entry = _log.Entries.TxOf(i);

        // The two best tails: a head that is the best one is reached from the second.
        Departure best = Departure.None, second = Departure.None;
        ReadOnlySpan<int> heads = _sides.Heads(i);
        foreach (int tail in tails)
        {
            Departure departure = Leave(tail, entry);
            if (departure.Exists && Label.HopsOf(departure.Label) < _rules.MaxHops && heads.ContainsAnyExcept(tail))
            {
                lane.MarkTracedOn(tail);
            }

            if (departure.IsBetterThan(best, _log))
            {
                (best, second) = (departure, best);
            }
            else if (departure.IsBetterThan(second, _log))
            {
                second = departure;
            }
        }

        if (!best.Exists)
        {
            return false;
        }

        foreach (int head in heads)
        {
            Departure from = best.Tail == head ? second : best;
            if (!from.Exists)
            {
                continue;
            }

            int label = from.Label + Label.OneHop;
            if (Label.HopsOf(label) <= _rules.MaxHops && lane.ReachOf(head) != Label.Seed)
            {
                improved |= ArrivalsOf(head).Improve(entry.TxKey, entry.TxIdentity, label);
            }
        }

        return improved;
    }

    // The best label with which an address can be left by an entry: from before the group, or from inside it.
    private Departure Leave(int address, TxRef by)
    {
        Departure best = new(lane.LeavingLabel(address, _group), address, lane.LeavingStep(address), null, PathOrder.Proven);
        if (_rules.Strict || best.Label == Label.Seed || !_arrivals.TryGetValue(address, out GroupArrivals? arrivals))
        {
            return best;
        }

        LaneRules.AddressStop kind = lane.Question.KindInGroup(address, _group);
        if (kind is LaneRules.AddressStop.Service or LaneRules.AddressStop.Opaque)
        {
            return best;
        }

        best = Better(best, address, by.TxKey >= 0 ? arrivals.By(by.TxKey) : null, PathOrder.SameTransaction);
        // A contract is closed across transactions: open only where the two may be one.
        bool mayBeSame = kind == LaneRules.AddressStop.Contract;
        return _isOneTransaction ? best : Better(best, address, arrivals.OtherThan(by.TxKey, by.TxIdentity, mayBeSame), PathOrder.Assumed);
    }

    private Departure Better(Departure best, int address, GroupArrival? arrival, PathOrder step)
    {
        if (arrival is null)
        {
            return best;
        }

        Departure departure = new(Label.Weaken(arrival.Label, step), address, -1, arrival, step);
        return departure.IsBetterThan(best, _log) ? departure : best;
    }

    private GroupArrivals ArrivalsOf(int address) => CollectionsMarshal.GetValueRefOrAddDefault(_arrivals, address, out _) ??= new GroupArrivals();

    // For every label of the fixpoint its canonical transfer: the smallest tail, then the better known order, then the
    // first entry. Nearest first, so that the step before is there already.
    private void FindWitnesses(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            TxRef entry = _log.Entries.TxOf(i);
            foreach (int tail in _sides.Tails(i))
            {
                Departure departure = Leave(tail, entry);
                if (!departure.Exists)
                {
                    continue;
                }

                foreach (int head in _sides.Heads(i))
                {
                    if (head != tail && _arrivals.TryGetValue(head, out GroupArrivals? arrivals)
                        && arrivals.By(entry.TxKey) is GroupArrival arrival
                        && arrival.Label == departure.Label + Label.OneHop
                        && (arrival.Entry < 0 || _log.CompareAddresses(tail, arrival.From.Tail) < 0))
                    {
                        (arrival.Entry, arrival.From) = (i, departure);
                    }
                }
            }
        }

        _nearestFirst.Clear();
        foreach ((int address, GroupArrivals arrivals) in _arrivals)
        {
            _nearestFirst.AddRange(arrivals.All.Select(a => (address, a)));
        }

        _nearestFirst.Sort((x, y) =>
        {
            int order = x.Arrival.Label.CompareTo(y.Arrival.Label);
            order = order != 0 ? order : _log.CompareAddresses(x.Address, y.Address);
            order = order != 0 ? order : _log.CompareAddresses(x.Arrival.From.Tail, y.Arrival.From.Tail);
            return order != 0 ? order : x.Arrival.Entry.CompareTo(y.Arrival.Entry);
        });

        foreach ((int address, GroupArrival arrival) in _nearestFirst)
        {
            arrival.Step = lane.AddStep(new EvidenceStep(arrival.Entry, arrival.From.Tail, address, arrival.From.PreviousStep, arrival.From.Order));
        }
    }

    private void NoteInflowsAndDust(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            foreach (int head in _sides.Heads(i))
            {
                NoteInflows(i, head);
            }

            OfferDust(i);
        }
    }

    // A payee gets one sum from all payers together; a payer's payments are told apart by payee.
    private void NoteInflows(int i, int head)
    {
        Departure best = Departure.None;
        foreach (int tail in _log.InOrder(_sides.Tails(i)))
        {
            Departure departure = tail == head ? Departure.None : Leave(tail, _log.Entries.TxOf(i));
            best = departure.IsBetterThan(best, _log) ? departure : best;
            if (_reversed)
            {
                NoteInflow(i, head, departure);
            }
        }

        if (!_reversed)
        {
            NoteInflow(i, head, best);
        }
    }

    private void NoteInflow(int i, int head, Departure from)
    {
        if (from.Exists && Label.HopsOf(from.Label + Label.OneHop) <= _rules.MaxHops)
        {
            lane.NoteInflow(new InflowEvent(i, from.Tail, head, from.PreviousStep, from.Label + Label.OneHop));
        }
    }

    private void OfferDust(int i)
    {
        ReadOnlySpan<int> payers = _log.InOrder(_sides.Payers(i, dust: true));
        foreach (int payee in _log.InOrder(_sides.Payees(i, dust: true)))
        {
            foreach (int payer in payers)
            {
                bool offered = lane.OfferDust(i, _reversed ? payee : payer, _reversed ? payer : payee, _group);
                if (offered && !_reversed)
                {
                    break; // the payee's sum counts once, whoever of the payers is listed
                }
            }
        }
    }

    // CoinJoins that funds of the list entered, and outputs without an address through which they went.
    private void NoteConduits(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int multi = _log.Entries.MultiOf(i);
            if (multi < 0 || _rules.Filter.TargetsOf(multi) is null)
            {
                continue;
            }

            bool isCoinJoin = _rules.HasCoinJoins && _log.CoinJoinOf(multi) != CoinJoinRule.None;
            if (isCoinJoin)
            {
                NoteCoinJoin(i, multi);
            }

            bool isOpen = !isCoinJoin || lane.Question.ThroughOpaque || _rules.ThroughCoinJoin;
            if (isOpen && (_reversed ? _log.Coins.SpendsNoAddress(multi) : _log.Coins.PaysNoAddress(multi)))
            {
                NoteNoAddress(i, multi);
            }
        }
    }

    private void NoteCoinJoin(int i, int multi)
    {
        Departure best = Departure.None;
        List<int> tails = [];
        foreach (int tail in _sides.TailsOf(multi))
        {
            Departure departure = Leave(tail, _log.Entries.TxOf(i));
            if (departure.Exists)
            {
                tails.Add(tail);
                best = departure.IsBetterThan(best, _log) ? departure : best;
            }
        }

        if (best.Exists && Label.HopsOf(best.Label) < _rules.MaxHops)
        {
            lane.NoteCoinJoin(new CoinJoinEvent(i, best.Tail, best.Label, [.. tails]));
        }
    }

    // To an output without an address and on from it are two hops more.
    private void NoteNoAddress(int i, int multi)
    {
        Departure best = Departure.None;
        foreach (int tail in _reversed ? _sides.TailsOf(multi) : _log.MultiAt(multi).Sources)
        {
            Departure departure = Leave(tail, _log.Entries.TxOf(i));
            best = departure.Exists && departure.IsBetterThan(best, _log) ? departure : best;
        }

        if (best.Exists && Label.HopsOf(best.Label) + 2 <= _rules.MaxHops)
        {
            lane.NoteNoAddress(new NoAddressEvent(i, Label.HopsOf(best.Label) + 1));
        }
    }

    // An address that was reached by several transactions takes the best, by the same order as the witnesses.
    private void Merge()
    {
        foreach ((int address, GroupArrival arrival) in _nearestFirst)
        {
            if (lane.Improves(address, arrival.Label, _group))
            {
                lane.Offer(address, arrival.Label, arrival.Step, _group);
            }
        }
    }
}
