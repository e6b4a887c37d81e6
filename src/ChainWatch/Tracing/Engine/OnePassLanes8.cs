using System.Numerics;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The labels of up to eight lists in one direction, carried over the transfers together: the same answers as eight of
/// <see cref="OnePassLane"/>, for the price of two to three (without steps).
/// </summary>
/// <remarks>
/// Memory: 8 bytes an address, 40 with steps, and 8 bytes a step of every list. On the synthetic graph of 20 million addresses
/// and 100 million transfers that is 160 MB bare, and 2.6 GB with steps (222 million of them for eight lists without stops).
/// </remarks>
internal sealed unsafe class OnePassLanes8 : IPassLabels
{
    private readonly LaneSettings _settings;
    private readonly byte _limit;
    private readonly LaneEvidence[] _evidence;
    private readonly RecordLog<UndoRecord>? _undo;
    private readonly LaneKernel<OnePassLanes8> _kernel;
    private PinnedArray<ulong> _labels;
    private PinnedArray<uint>? _stepOf;

    /// <param name="settings">What to keep, for all lists alike. With steps, at most 2^28 - 8 addresses.</param>
    /// <param name="seeds">The seeds of every list, at most eight.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than eight lists, too many addresses or hops, or a seed that is not among the addresses.</exception>
    public OnePassLanes8(LaneSettings settings, IReadOnlyList<IEnumerable<uint>> seeds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seeds.Count, EightLabels.Lists);
        VectorPaths.Checked(settings.Path);
        _settings = settings;
        _limit = LabelByte.LimitOf(settings.MaxHops);
        _kernel = Kernel();
        _labels = PinnedArray<ulong>.Filled(settings.Addresses, EightLabels.Unreached);
        _stepOf = settings.KeepsSteps ? PinnedArray<uint>.Filled(StepsFor(settings.Addresses), 0) : null;
        _undo = settings.KeepsUndo ? new RecordLog<UndoRecord>(settings.Addresses / 8) : null;
        settings.Interest?.EnsureAddresses(settings.Addresses);
        _evidence = [.. seeds.Select(_ => new LaneEvidence(settings.Addresses))];
        for (int list = 0; list < seeds.Count; list++)
        {
            foreach (uint seed in seeds[list])
            {
                Check(seed, list);
                Set(seed, list, LabelByte.Seed);
            }
        }
    }

    public int Addresses => _labels.Length;

    public int Lists => _evidence.Length;

    /// <summary>A word per address; byte k is list k's.</summary>
    public ReadOnlySpan<ulong> Labels => _labels.Span;

    /// <summary>The labels of one list: every eighth byte, since byte k of a word lies k bytes behind its first.</summary>
    public LabelColumn ColumnOf(int list)
    {
        CheckList(list);
        return new LabelColumn((byte*)_labels.Pointer + list, EightLabels.Lists, Addresses);
    }

    public ulong Leaving(uint address)
    {
        CheckAddress(address);
        return EightLabels.Leaving(_labels.Pointer[address], EightLabels.GapOf(LabelByte.Unreached));
    }

    /// <summary>As <see cref="OnePassLane.Reached"/>, for one list.</summary>
    public BitRow Reached(int list)
    {
        CheckList(list);
        BitRow reached = new(Addresses);
        ulong unreached = EightLabels.With(0, list, LabelByte.Unreached);
        for (int i = 0; i < Addresses; i += 64)
        {
            ulong bits = 0;
            int count = Math.Min(64, Addresses - i);
            ulong* labels = _labels.Pointer + i;
            for (int j = 0; j < count; j++)
            {
                bits |= ((labels[j] & unreached) != unreached ? 1UL : 0) << j;
            }

            reached.Pointer[i >> 6] = bits;
        }

        return reached;
    }

    /// <summary>The steps and inflows of a list.</summary>
    public LaneEvidence EvidenceOf(int list) => _evidence[list];

    public byte LabelOf(uint address, int list)
    {
        Check(address, list);
        return EightLabels.At(_labels.Pointer[address], list);
    }

    /// <summary>As <see cref="OnePassLane.StepOf"/>.</summary>
    public uint StepOf(uint address, int list)
    {
        Check(address, list);
        return StepAt(address, list);
    }

    /// <summary>As <see cref="OnePassLane.ArrivalOf"/>.</summary>
    public uint ArrivalOf(uint address, int list)
    {
        uint step = StepOf(address, list);
        uint aside = _evidence[list].ArrivalAside(address);
        return aside != 0 ? aside : step;
    }

    /// <summary>As <see cref="OnePassLane.Append"/>.</summary>
    public void Append(in TransferColumns columns, long from, long to, ScoutedRange? scouted = null)
    {
        columns.Check(from, to);
        if (_settings.KeepsSteps && _evidence.Any(e => e.Steps.Count + (to - from) > uint.MaxValue))
        {
            throw new InvalidOperationException("a trace holds at most 4,294,967,295 steps");
        }

        PassFrame frame = Frame(columns);
        _kernel.Run(this, ref frame, from, to, scouted);
        GC.KeepAlive(this);
    }

    public ScoutedRange? Scout(in TransferColumns columns, long from, long to)
    {
        columns.Check(from, to);
        return _kernel.Scout(this, Frame(columns), from, to);
    }

    /// <summary>As <see cref="OnePassLane.Offer"/>, for one list.</summary>
    public bool Offer(uint address, int list, byte label, uint step)
    {
        Check(address, list);
        byte old = LabelOf(address, list);
        if (label >= (old & LabelByte.Reach))
        {
            return false;
        }

        NoteChange(address, list, label);
        SetStep(address, list, step);
        Set(address, list, (byte)((old & LabelByte.NotLeft) | label));
        return true;
    }

    /// <summary>As <see cref="OnePassLane.SetNotLeft"/>, for one list.</summary>
    public void SetNotLeft(uint address, int list, bool notLeft)
    {
        byte label = LabelOf(address, list);
        byte changed = (byte)(notLeft ? label | LabelByte.NotLeft : label & LabelByte.Reach);
        if (!LabelByte.IsSeed(label) && changed != label)
        {
            NoteUndo(address, list);
            Set(address, list, changed);
        }
    }

    /// <summary>As <see cref="OnePassLane.Reopen"/>, for one list.</summary>
    public void Reopen(uint address, int list)
    {
        if (LabelByte.IsSeed(LabelOf(address, list)))
        {
            return;
        }

        NoteUndo(address, list);
        Set(address, list, LabelByte.Unreached);
        SetStep(address, list, 0);
        _evidence[list].RestoreArrival(address, 0);
    }

    /// <summary>As <see cref="OnePassLane.EnsureAddresses"/>.</summary>
    public void EnsureAddresses(int addresses)
    {
        if (addresses <= Addresses)
        {
            return;
        }

        int room = (int)Math.Clamp((long)Addresses + (Addresses / 2), addresses, Math.Max(addresses, Array.MaxLength / EightLabels.Lists));
        _labels = _labels.Grown(room, EightLabels.Unreached);
        _stepOf = _stepOf?.Grown(StepsFor(room), 0);
        _settings.Interest?.EnsureAddresses(room);
    }

    /// <summary>As <see cref="OnePassLane.Mark"/>.</summary>
    public LanesMark Mark() => new(Undo.Count, [.. _evidence.Select(e => e.Mark())]);

    /// <summary>As <see cref="OnePassLane.RollBack"/>.</summary>
    public void RollBack(LanesMark mark)
    {
        for (long i = Undo.Count - 1; i >= mark.Undo; i--)
        {
            UndoRecord old = Undo[i];
            Set(old.Address, old.List, old.Label);
            SetStep(old.Address, old.List, old.Step);
            _evidence[old.List].RestoreArrival(old.Address, old.Arrival);
        }

        Undo.Truncate(mark.Undo);
        for (int list = 0; list < Lists; list++)
        {
            _evidence[list].RollBack(mark.Evidence[list]);
        }
    }

    /// <summary>Where the steps of an address lie, for prefetching; null without steps.</summary>
    internal uint* StepTable => _stepOf is null ? null : _stepOf.Pointer;

    internal bool KeepsRecords => _stepOf is not null || _undo is not null;

    internal bool HasInterest => _settings.Interest is not null;

    /// <summary>Records of the lists for which a kernel improves a head, before the labels are written.</summary>
    internal void TakeSteps(uint transfer, uint tail, uint head, ulong improving, ulong tailLabels)
    {
        for (ulong left = improving; left != 0; left &= left - 1)
        {
            int list = BitOperations.TrailingZeroCount(left) / 8;
            NoteChange(head, list, EightLabels.At(tailLabels, list) + (uint)LabelByte.OneHop);
            if (_stepOf is not null)
            {
                uint step = _evidence[list].Add(new TraceStep(transfer, StepAt(tail, list)));
                SetStep(head, list, step);
            }
        }
    }

    /// <summary>Inflows of the lists that can leave the tail.</summary>
    internal void NoteInflows(uint transfer, uint tail, ulong leaving, ulong tailLabels)
    {
        for (ulong left = leaving; left != 0; left &= left - 1)
        {
            int list = BitOperations.TrailingZeroCount(left) / 8;
            byte label = (byte)(EightLabels.At(tailLabels, list) + LabelByte.OneHop);
            _evidence[list].Inflows.Add(new InflowRecord(transfer, StepAt(tail, list), label));
        }
    }

    private RecordLog<UndoRecord> Undo => _undo ?? throw new InvalidOperationException("the lanes keep no undo records");

    private PassFrame Frame(in TransferColumns columns)
    {
        PassFrame frame = new() { Labels = (byte*)_labels.Pointer, Limit = _limit };
        frame.Take(columns, _settings.Reversed);
        if (_settings.Interest is InterestSet interest)
        {
            frame.Take(interest);
        }

        return frame;
    }

    private LaneKernel<OnePassLanes8> Kernel() => _settings.Path switch
    {
        VectorPath.Avx512 => KernelOf<Avx512Path>(),
        VectorPath.Avx2 => KernelOf<Avx2Path>(),
        _ => KernelOf<PortablePath>(),
    };

    private LaneKernel<OnePassLanes8> KernelOf<TPath>()
        where TPath : struct, IBatchPath => _settings.Reversed
        ? LaneKernel<OnePassLanes8>.Of<EightListsKernel<TPath, ReverseOrder>, ReverseOrder>()
        : LaneKernel<OnePassLanes8>.Of<EightListsKernel<TPath, ChainOrder>, ChainOrder>();

    private void NoteChange(uint address, int list, uint label)
    {
        NoteUndo(address, list);
        uint before = EightLabels.At(_labels.Pointer[address], list) & (uint)LabelByte.Reach;
        bool isPlain = before == LabelByte.Unreached || (!LabelByte.AreAsNear(before, label) && !_evidence[list].HasArrivals);
        if (_stepOf is not null && !isPlain)
        {
            _evidence[list].NoteArrival(address, before, label, StepAt(address, list));
        }
    }

    private void NoteUndo(uint address, int list) =>
        _undo?.Add(new UndoRecord(address, StepAt(address, list), _evidence[list].ArrivalAside(address), EightLabels.At(_labels.Pointer[address], list), (byte)list));

    private uint StepAt(uint address, int list) => _stepOf is null ? 0 : _stepOf.Pointer[((long)address * EightLabels.Lists) + list];

    private void SetStep(uint address, int list, uint step)
    {
        if (_stepOf is not null)
        {
            _stepOf.Pointer[((long)address * EightLabels.Lists) + list] = step;
        }
    }

    private void Set(uint address, int list, byte label) => _labels.Pointer[address] = EightLabels.With(_labels.Pointer[address], list, label);

    private void Check(uint address, int list)
    {
        CheckAddress(address);
        CheckList(list);
    }

    private void CheckAddress(uint address) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(address, (uint)Addresses, nameof(address));

    private void CheckList(int list) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)list, (uint)Lists, nameof(list));

    private static int StepsFor(int addresses)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(addresses, Array.MaxLength / EightLabels.Lists);
        return addresses * EightLabels.Lists;
    }
}
