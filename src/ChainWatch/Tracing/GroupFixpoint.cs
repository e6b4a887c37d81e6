using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// Labels inside one position. Its transfers may follow one another in any order, so labels run to a fixpoint: each pass
/// relaxes every transfer, until none improves. Labels are kept per address and transaction, because a contract is
/// transparent only inside one transaction and because neighbours of one transaction are better ordered than neighbours
/// of one block.
/// </summary>
internal sealed class GroupFixpoint(Lane lane)
{
    private readonly LaneRules _rules = lane.Rules;
    private readonly ChainLog _log = lane.Rules.Log;
    private readonly bool _reversed = lane.Reversed;
    private readonly Dictionary<int, List<Arrival>> _arrivals = [];
    private readonly List<(int Address, int Slot)> _order = [];
    private int _group;
    private bool _isOneTransaction;

    public void Run(int group)
    {
        _group = group;
        _isOneTransaction = _log.Groups[group].Index >= 0;
        int start = _log.Groups[group].Start;
        int end = _log.EndOf(group);
        if (!AnyEnters(start, end))
        {
            return;
        }

        _arrivals.Clear();
        bool improved = true;
        while (improved)
        {
            improved = false;
            for (int i = start; i < end; i++)
            {
                improved |= Relax(i);
            }
        }

        FindWitnesses(start, end);
        NoteInflowsAndDust(start, end);
        Merge();
    }

    private bool AnyEnters(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            foreach (int tail in Tails(i, dust: false))
            {
                if (lane.LeavingLabel(tail, _group) != Label.Unreached)
                {
                    return true;
                }
            }

            foreach (int tail in Tails(i, dust: true))
            {
                if (lane.States[tail].Reach == Label.Seed)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Relax(int i)
    {
        int key = _log.Entries[i].TxKey;
        bool improved = false;
        ReadOnlySpan<int> tails = Tails(i, dust: false);
        if (tails.IsEmpty)
        {
            return false;
        }

        // The two best tails: a head that is the best one is reached from the second.
        Departure best = Departure.None, second = Departure.None;
        ReadOnlySpan<int> heads = Heads(i);
        foreach (int tail in tails)
        {
            Departure departure = Leave(tail, key);
            if (departure.Exists && heads.ContainsAnyExcept(tail))
            {
                lane.MarkTracedOn(tail);
            }

            if (departure.IsBetterThan(best))
            {
                (best, second) = (departure, best);
            }
            else if (departure.IsBetterThan(second))
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
            if (Label.HopsOf(label) <= _rules.MaxHops && lane.States[head].Reach != Label.Seed)
            {
                improved |= Improve(head, key, label);
            }
        }

        return improved;
    }

    // The best label with which `address` can be left by transaction `key`: from before the group, or from inside it.
    private Departure Leave(int address, int key)
    {
        Departure best = new(lane.LeavingLabel(address, _group), address, lane.States[address].ThroughStep, -1, PathOrder.Proven);
        if (_rules.Strict || best.Label == Label.Seed || !_arrivals.TryGetValue(address, out List<Arrival>? arrivals))
        {
            return best;
        }

        LaneRules.AddressStop kind = lane.KindInGroup(address, _group);
        if (kind is LaneRules.AddressStop.Service or LaneRules.AddressStop.Opaque)
        {
            return best;
        }

        for (int slot = 0; slot < arrivals.Count; slot++)
        {
            Arrival arrival = arrivals[slot];
            bool same = _isOneTransaction || (arrival.Key == key && key >= 0);
            if (kind == LaneRules.AddressStop.Contract && !same && arrival.Key >= 0 && key >= 0)
            {
                continue; // a contract is closed across transactions
            }

            PathOrder step = same ? PathOrder.SameTransaction : PathOrder.Assumed;
            Departure departure = new(Label.Weaken(arrival.Label, step), address, arrival.Step, slot, step);
            best = departure.IsBetterThan(best) ? departure : best;
        }

        return best;
    }

    private bool Improve(int head, int key, int label)
    {
        List<Arrival> arrivals = CollectionsMarshal.GetValueRefOrAddDefault(_arrivals, head, out _) ??= [];
        int slot = arrivals.FindIndex(a => a.Key == key);
        if (slot < 0)
        {
            arrivals.Add(new Arrival { Key = key, Label = label, Step = -1, Entry = -1 });
            return true;
        }

        if (label >= arrivals[slot].Label)
        {
            return false;
        }

        arrivals[slot].Label = label;
        return true;
    }

    // For every label of the fixpoint its canonical transfer: the smallest tail, then the better known order, then the
    // first entry. Nearest first, so that the step before is there already.
    private void FindWitnesses(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int key = _log.Entries[i].TxKey;
            foreach (int tail in Tails(i, dust: false))
            {
                Departure departure = Leave(tail, key);
                if (!departure.Exists)
                {
                    continue;
                }

                foreach (int head in Heads(i))
                {
                    if (head != tail && _arrivals.TryGetValue(head, out List<Arrival>? arrivals)
                        && arrivals.Find(a => a.Key == key) is Arrival arrival
                        && arrival.Label == departure.Label + Label.OneHop
                        && (arrival.Entry < 0 || tail < arrival.From.Tail))
                    {
                        (arrival.Entry, arrival.From) = (i, departure);
                    }
                }
            }
        }

        _order.Clear();
        foreach ((int address, List<Arrival> arrivals) in _arrivals)
        {
            for (int slot = 0; slot < arrivals.Count; slot++)
            {
                _order.Add((address, slot));
            }
        }

        _order.Sort((x, y) =>
        {
            Arrival a = _arrivals[x.Address][x.Slot];
            Arrival b = _arrivals[y.Address][y.Slot];
            int order = a.Label.CompareTo(b.Label);
            order = order != 0 ? order : x.Address.CompareTo(y.Address);
            order = order != 0 ? order : a.From.Tail.CompareTo(b.From.Tail);
            return order != 0 ? order : a.Entry.CompareTo(b.Entry);
        });

        foreach ((int address, int slot) in _order)
        {
            Arrival arrival = _arrivals[address][slot];
            arrival.Step = lane.AddStep(new EvidenceStep(arrival.Entry, arrival.From.Tail, address, StepOf(arrival.From), arrival.From.Order));
        }
    }

    private int StepOf(Departure departure) => departure.Slot < 0 ? departure.Step : _arrivals[departure.Tail][departure.Slot].Step;

    private void NoteInflowsAndDust(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            foreach (int head in Heads(i))
            {
                NoteInflows(i, head);
            }

            OfferDust(i);
        }
    }

    // A payee gets one sum from all payers together; a payer's payments are told apart by payee.
    private void NoteInflows(int i, int head)
    {
        int key = _log.Entries[i].TxKey;
        Departure best = Departure.None;
        foreach (int tail in Tails(i, dust: false))
        {
            Departure departure = tail == head ? Departure.None : Leave(tail, key);
            best = departure.IsBetterThan(best) ? departure : best;
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
            lane.NoteInflow(new InflowEvent(i, from.Tail, head, StepOf(from), from.Label + Label.OneHop));
        }
    }

    private void OfferDust(int i)
    {
        ReadOnlySpan<int> payers = Payers(i, dust: true);
        foreach (int payee in Payees(i, dust: true))
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

    // An address that was reached by several transactions takes the best, by the same order as the witnesses.
    private void Merge()
    {
        foreach ((int address, int slot) in _order)
        {
            Arrival arrival = _arrivals[address][slot];
            if (lane.Improves(address, arrival.Label, _group))
            {
                lane.Offer(address, arrival.Label, arrival.Step, _group);
            }
        }
    }

    private ReadOnlySpan<int> Tails(int i, bool dust) => _reversed ? Payees(i, dust) : Payers(i, dust);

    private ReadOnlySpan<int> Heads(int i) => _reversed ? Payers(i, dust: false) : Payees(i, dust: false);

    private ReadOnlySpan<int> Payers(int i, bool dust)
    {
        ref readonly LogEntry entry = ref _log.Entries[i];
        if (entry.Multi < 0)
        {
            return IsWanted(i, dust) ? new ReadOnlySpan<int>(in entry.Source) : [];
        }

        return Payees(i, dust).IsEmpty ? [] : _log.Multis[entry.Multi].Sources;
    }

    private ReadOnlySpan<int> Payees(int i, bool dust)
    {
        ref readonly LogEntry entry = ref _log.Entries[i];
        if (entry.Multi < 0)
        {
            return IsWanted(i, dust) ? new ReadOnlySpan<int>(in entry.Target) : [];
        }

        MultiTargets? targets = _rules.Filter.MultiTargets[entry.Multi];
        return targets is null ? [] : dust ? targets.Dust : targets.Followed;
    }

    private bool IsWanted(int i, bool dust) =>
        _rules.Filter.Plain[i] == (dust ? TransferFilter.Verdict.Dust : TransferFilter.Verdict.Followed);

    private sealed class Arrival
    {
        public int Key { get; init; }

        public int Label { get; set; }

        public int Entry { get; set; }

        public Departure From { get; set; }

        public int Step { get; set; }
    }

    /// <param name="Label">The label with which the tail is left, its order including the pair of neighbours.</param>
    /// <param name="Tail">The address that is left.</param>
    /// <param name="Step">The step that had reached it, for departures from before the group.</param>
    /// <param name="Slot">The arrival inside the group, or -1 for departures from before it.</param>
    /// <param name="Order">The order of the two neighbours.</param>
    private readonly record struct Departure(int Label, int Tail, int Step, int Slot, PathOrder Order)
    {
        public static Departure None { get; } = new(Tracing.Label.Unreached, -1, -1, -1, PathOrder.Proven);

        public bool Exists => Label != Tracing.Label.Unreached;

        public bool IsBetterThan(Departure other) => Exists && (!other.Exists || Label < other.Label || (Label == other.Label && Tail < other.Tail));
    }
}
