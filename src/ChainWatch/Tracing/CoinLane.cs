using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// The view by coin: of one list on one chain in one direction, how near every output is to the list that descends from it
/// (for <em>sent</em>: that ends at it), and so every address. An address does not hand on what it got to coins that it had
/// before or gets from others, as it does in the view by address: what is reached here is reached there, in as many hops or
/// fewer. Stops, filters and CoinJoins are those of the view by address.
/// </summary>
/// <remarks>
/// A coin of a seed has 0 hops. What a movement pays has one hop more than the nearest coin that it spends, and no more where
/// it goes back to that coin's own owner. Outputs without an address are not followed. The order of coins is always proven.
/// </remarks>
internal sealed class CoinLane
{
    private readonly LaneRules _rules;
    private readonly ChainLog _log;
    private readonly bool _reversed;
    private readonly HashSet<int> _seeds;
    private readonly Dictionary<int, CoinLabel> _coins = [];
    private readonly Dictionary<int, CoinLabel> _addresses = [];
    private readonly List<CoinStep> _steps = [];
    private readonly List<CoinDeparture> _departures = [];
    private int _firstOfGroup;
    private readonly Stack<(int Undo, int Steps)>? _marks;
    private readonly List<(bool IsCoin, int Key, CoinLabel? Old)>? _undo;

    public CoinLane(LaneRules rules, IEnumerable<int> seeds, bool reversed, bool undoable)
    {
        (_rules, _log, _reversed, _seeds) = (rules, rules.Log, reversed, [.. seeds]);
        if (undoable)
        {
            _marks = [];
            _undo = [];
        }
    }

    public LaneRules Rules => _rules;

    public bool Reversed => _reversed;

    public IReadOnlyDictionary<int, CoinLabel> Addresses => _addresses;

    public ReadOnlySpan<CoinStep> Steps => CollectionsMarshal.AsSpan(_steps);

    /// <summary>Takes all movements of a block.</summary>
    public void Append(int block)
    {
        _marks?.Push((_undo!.Count, _steps.Count));
        BlockInfo info = _log.BlockTable[block];
        int last = info.FirstGroup + info.GroupCount - 1;
        for (int i = 0; i < info.GroupCount; i++)
        {
            AppendGroup(_reversed ? last - i : info.FirstGroup + i);
        }
    }

    /// <summary>Takes back the block that was appended last.</summary>
    public void Undo()
    {
        (int undo, int steps) = _marks!.Pop();
        for (int i = _undo!.Count - 1; i >= undo; i--)
        {
            (bool isCoin, int key, CoinLabel? old) = _undo[i];
            Dictionary<int, CoinLabel> labels = isCoin ? _coins : _addresses;
            if (old is CoinLabel label)
            {
                labels[key] = label;
            }
            else
            {
                labels.Remove(key);
            }
        }

        _undo.RemoveRange(undo, _undo.Count - undo);
        _steps.RemoveRange(steps, _steps.Count - steps);
    }

    // Where a block's order is not known, its coins tell it: they are followed until nothing improves. Strict order admits
    // later positions only, by coin as by address.
    private void AppendGroup(int group)
    {
        _firstOfGroup = _steps.Count;
        int start = _log.Groups.StartOf(group);
        int end = _log.EndOf(group);
        bool improved = true;
        while (improved)
        {
            improved = false;
            for (int i = start; i < end; i++)
            {
                if (_log.Entries.MultiOf(i) is >= 0 and int multi && _rules.Filter.TargetsOf(multi) is MultiTargets targets && !_rules.IsClosedCoinJoin(multi))
                {
                    improved |= _reversed ? RelaxBackward(i, multi, targets, group) : RelaxForward(i, multi, targets, group);
                }
            }

            improved &= end > start + 1;
        }
    }

    private bool RelaxForward(int entry, int multi, MultiTargets targets, int group)
    {
        int[] numbers = _log.MultiAt(multi).InputNumbers;
        _departures.Clear();
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] is >= 0 and int number)
            {
                Leave(number, _log.Coins.SpentBy(multi, i), -1, !_rules.IsStop(number, group), isFollowed: true);
            }
        }

        bool improved = false;
        IReadOnlyList<MovementOutput> outputs = _log.MultiAt(multi).Movement.Outputs;
        int[] payees = _log.MultiAt(multi).OutputNumbers;
        for (int i = 0; i < outputs.Count && _departures.Count > 0; i++)
        {
            if (payees[i] is >= 0 and int number && !outputs[i].Value.IsZero && !_seeds.Contains(number))
            {
                bool isFollowed = Array.BinarySearch(targets.Followed, number) >= 0;
                int coin = _log.Coins.MadeBy(multi, i);
                improved |= Arrive(entry, number, isFollowed, coin, i, mayPass: true);
            }
        }

        return improved;
    }

    private bool RelaxBackward(int entry, int multi, MultiTargets targets, int group)
    {
        IReadOnlyList<MovementOutput> outputs = _log.MultiAt(multi).Movement.Outputs;
        int[] payees = _log.MultiAt(multi).OutputNumbers;
        int[] sources = _log.MultiAt(multi).Sources;
        _departures.Clear();
        for (int i = 0; i < outputs.Count; i++)
        {
            if (payees[i] is >= 0 and int number && !outputs[i].Value.IsZero)
            {
                // What is not followed may still be change: it goes back to its own owner, and to nobody else.
                bool isFollowed = Array.BinarySearch(targets.Followed, number) >= 0;
                if (isFollowed || Array.BinarySearch(sources, number) >= 0)
                {
                    Leave(number, _log.Coins.MadeBy(multi, i), i, _rules.KindOf(number) == LaneRules.AddressStop.None, isFollowed);
                }
            }
        }

        bool improved = false;
        int[] payers = _log.MultiAt(multi).InputNumbers;
        for (int i = 0; i < payers.Length && _departures.Count > 0; i++)
        {
            if (payers[i] is >= 0 and int number && !_seeds.Contains(number))
            {
                // Reversed, the crossing of a degree limit is judged where the address is left in chain order: here.
                improved |= Arrive(entry, number, isFollowed: true, _log.Coins.SpentBy(multi, i), -1, !_rules.IsStop(number, group));
            }
        }

        return improved;
    }

    private void Leave(int owner, int coin, int output, bool mayPass, bool isFollowed)
    {
        if (_seeds.Contains(owner))
        {
            _departures.Add(new CoinDeparture(0, owner, output, -1, isFollowed));
        }
        else if (mayPass && coin >= 0 && _coins.TryGetValue(coin, out CoinLabel label) && !(_rules.Strict && label.Step >= _firstOfGroup))
        {
            _departures.Add(new CoinDeparture(label.Hops, owner, output, label.Step, isFollowed));
        }
    }

    // The nearest coin on the other side decides; one of the same owner adds no hop.
    private bool Arrive(int entry, int owner, bool isFollowed, int coin, int output, bool mayPass)
    {
        CoinDeparture? best = null;
        int bestHops = int.MaxValue;
        foreach (CoinDeparture departure in _departures)
        {
            int hops = departure.Owner == owner ? departure.Hops : isFollowed && departure.IsFollowed ? departure.Hops + 1 : int.MaxValue;
            if (hops < bestHops || (hops == bestHops && best is CoinDeparture known && _log.CompareAddresses(departure.Owner, known.Owner) < 0))
            {
                (best, bestHops) = (departure, hops);
            }
        }

        if (best is not CoinDeparture from || bestHops > _rules.MaxHops)
        {
            return false;
        }

        bool improvesCoin = mayPass && coin >= 0 && (!_coins.TryGetValue(coin, out CoinLabel knownCoin) || bestHops < knownCoin.Hops);
        bool improvesAddress = from.Owner != owner && (!_addresses.TryGetValue(owner, out CoinLabel knownAddress) || bestHops < knownAddress.Hops);
        if (!improvesCoin && !improvesAddress)
        {
            return false;
        }

        CoinLabel label = new(bestHops, _steps.Count);
        _steps.Add(new CoinStep(entry, from.Owner, owner, _reversed ? from.Output : output, from.Step));
        if (improvesCoin)
        {
            Set(_coins, isCoin: true, coin, label);
        }

        if (improvesAddress)
        {
            Set(_addresses, isCoin: false, owner, label);
        }

        return improvesCoin;
    }

    private void Set(Dictionary<int, CoinLabel> labels, bool isCoin, int key, CoinLabel label)
    {
        ref CoinLabel known = ref CollectionsMarshal.GetValueRefOrAddDefault(labels, key, out bool exists);
        _undo?.Add((isCoin, key, exists ? known : null));
        known = label;
    }

    private readonly record struct CoinDeparture(int Hops, int Owner, int Output, int Step, bool IsFollowed);
}

/// <summary>How near a coin or an address is, and by which step.</summary>
/// <param name="Hops">Hops between addresses, by the coins' own descent.</param>
/// <param name="Step">The step that led here.</param>
internal readonly record struct CoinLabel(int Hops, int Step);

/// <summary>One step of a coin's descent.</summary>
/// <param name="Entry">The log's entry.</param>
/// <param name="Tail">Where it came from, in the direction of the trace.</param>
/// <param name="Head">Where it went; the same as <paramref name="Tail"/> for change to itself.</param>
/// <param name="Output">Which of the movement's outputs.</param>
/// <param name="Previous">The step before, or -1 where <paramref name="Tail"/> is a seed.</param>
internal readonly record struct CoinStep(int Entry, int Tail, int Head, int Output, int Previous);
