using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The labels of one list in one direction, carried over the transfers in order by the one-pass kernels: how near every address
/// is so far, and by which step. Between ranges the caller may read and change everything, for the positions that are no plain
/// transfers.
/// </summary>
/// <remarks>
/// Memory: 1 byte an address, 5 with steps, and 8 bytes a step. On the synthetic graphs a pass without stops makes about 1.4
/// steps an address that it reaches: 20 million addresses and 100 million transfers need 20 MB bare, 0.33 GB with steps.
/// </remarks>
internal sealed unsafe class OnePassLane : ILaneLabels, IPassLabels
{
    private readonly LaneSettings _settings;
    private readonly byte _limit;
    private readonly LaneEvidence _evidence;
    private readonly RecordLog<UndoRecord>? _undo;
    private readonly LaneKernel<OnePassLane> _kernel;
    private PinnedArray<byte> _labels;
    private PinnedArray<uint>? _stepOf;

    /// <param name="settings">What to keep.</param>
    /// <param name="seeds">The addresses of the list: 0 hops, and always left.</param>
    /// <exception cref="ArgumentOutOfRangeException">A seed is not among the addresses, or too many hops are asked for.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor has not got the path.</exception>
    public OnePassLane(LaneSettings settings, IEnumerable<uint> seeds)
    {
        VectorPaths.Checked(settings.Path);
        _settings = settings;
        _limit = LabelByte.LimitOf(settings.MaxHops);
        _labels = PinnedArray<byte>.Filled(settings.Addresses, LabelByte.Unreached);
        _stepOf = settings.KeepsSteps ? PinnedArray<uint>.Filled(settings.Addresses, 0) : null;
        _evidence = new LaneEvidence(settings.Addresses);
        _undo = settings.KeepsUndo ? new RecordLog<UndoRecord>(settings.Addresses / 8) : null;
        _kernel = Kernel();
        settings.Interest?.EnsureAddresses(settings.Addresses);
        foreach (uint seed in seeds)
        {
            Check(seed);
            _labels.Pointer[seed] = LabelByte.Seed;
        }
    }

    public int Addresses => _labels.Length;

    /// <summary>A byte per address, see <see cref="LabelByte"/>.</summary>
    public ReadOnlySpan<byte> Labels => _labels.Span;

    public LabelColumn Column => new(_labels.Pointer, 1, Addresses);

    public ulong Leaving(uint address)
    {
        Check(address);
        return _labels.Pointer[address] < LabelByte.Unreached ? LabelByte.NotLeft : 0UL;
    }

    /// <summary>A bit per address: it was reached.</summary>
    public BitRow Reached()
    {
        BitRow reached = new(Addresses);
        int whole = Addresses & ~63;
        Vector256<byte> unreached = Vector256.Create(LabelByte.Unreached);
        for (int i = 0; i < whole; i += 64)
        {
            uint low = Vector256.Equals(Vector256.Load(_labels.Pointer + i) & unreached, unreached).ExtractMostSignificantBits();
            uint high = Vector256.Equals(Vector256.Load(_labels.Pointer + i + 32) & unreached, unreached).ExtractMostSignificantBits();
            reached.Pointer[i >> 6] = ~(low | ((ulong)high << 32));
        }

        for (int i = whole; i < Addresses; i++)
        {
            reached[i] = LabelByte.IsReached(_labels.Pointer[i]);
        }

        return reached;
    }

    /// <summary>The steps, inflows and what goes with them. Arrivals are asked for here, by <see cref="ArrivalOf"/>.</summary>
    public LaneEvidence Evidence => _evidence;

    /// <summary>By address the step that gave it its label, for who goes on from here; null where no steps are kept.</summary>
    public PinnedArray<uint>? StepTable => _stepOf;

    /// <summary>The step that gave an address its label, or 0 (a seed, not reached, or no steps are kept).</summary>
    public uint StepOf(uint address)
    {
        Check(address);
        return _stepOf is null ? 0 : _stepOf.Pointer[address];
    }

    /// <summary>The first arrival at the hops of an address's label, whatever its order, or 0.</summary>
    public uint ArrivalOf(uint address)
    {
        uint aside = _evidence.ArrivalAside(address);
        return aside != 0 ? aside : StepOf(address);
    }

    /// <summary>Takes the transfers of [from, to): in chain order, or from the end where the lane is reversed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the columns. That all ids are below <see cref="Addresses"/> is the caller's promise.</exception>
    public void Append(in TransferColumns columns, long from, long to, ScoutedRange? scouted = null)
    {
        columns.Check(from, to);
        if (_settings.KeepsSteps && _evidence.Steps.Count + (to - from) > uint.MaxValue)
        {
            throw new InvalidOperationException("a trace holds at most 4,294,967,295 steps");
        }

        PassFrame frame = Frame(columns);
        frame.Steps = _stepOf is null ? StepWriter.None : new StepWriter(_evidence.Steps, _stepOf.Pointer, frame.Tails, frame.Heads);
        _kernel.Run(this, ref frame, from, to, scouted);
        if (_stepOf is not null)
        {
            frame.Steps.Close();
        }

        GC.KeepAlive(this);
    }

    public ScoutedRange? Scout(in TransferColumns columns, long from, long to)
    {
        columns.Check(from, to);
        return _kernel.Scout(this, Frame(columns), from, to);
    }

    /// <summary>Gives an address a label where it is better than what it has; false where it is not.</summary>
    /// <param name="address">The address.</param>
    /// <param name="label">Hops and order.</param>
    /// <param name="step">The step that brings it, or 0 where no steps are kept.</param>
    public bool Offer(uint address, byte label, uint step)
    {
        Check(address);
        byte before = (byte)(_labels.Pointer[address] & LabelByte.Reach);
        if (label >= before)
        {
            return false;
        }

        NoteChange(address);
        if (_stepOf is not null)
        {
            NoteArrival(address, before, label);
            _stepOf.Pointer[address] = step;
        }

        _labels.Pointer[address] = (byte)((_labels.Pointer[address] & LabelByte.NotLeft) | label);
        return true;
    }

    /// <summary>Makes an address a stop or no stop. A seed is always left, and stays as it is.</summary>
    public void SetNotLeft(uint address, bool notLeft)
    {
        Check(address);
        byte label = _labels.Pointer[address];
        byte changed = (byte)(notLeft ? label | LabelByte.NotLeft : label & LabelByte.Reach);
        if (!LabelByte.IsSeed(label) && changed != label)
        {
            NoteChange(address);
            _labels.Pointer[address] = changed;
        }
    }

    /// <summary>Makes an address one that was not reached and may be left. A seed stays as it is.</summary>
    public void Reopen(uint address)
    {
        Check(address);
        if (LabelByte.IsSeed(_labels.Pointer[address]))
        {
            return;
        }

        NoteChange(address);
        _labels.Pointer[address] = LabelByte.Unreached;
        if (_stepOf is not null)
        {
            _stepOf.Pointer[address] = 0;
            _evidence.RestoreArrival(address, 0);
        }
    }

    /// <summary>Makes room for more addresses, not reached so far.</summary>
    public void EnsureAddresses(int addresses)
    {
        if (addresses <= Addresses)
        {
            return;
        }

        // Half as many again: a watcher adds a few with every block.
        int room = (int)Math.Clamp((long)Addresses + (Addresses / 2), addresses, Math.Max(addresses, Array.MaxLength));
        _labels = _labels.Grown(room, LabelByte.Unreached);
        _stepOf = _stepOf?.Grown(room, 0);
        _settings.Interest?.EnsureAddresses(room);
    }

    /// <summary>The state of this moment, for <see cref="RollBack"/>.</summary>
    /// <exception cref="InvalidOperationException">The lane keeps no undo records.</exception>
    public LaneMark Mark() => new(Undo.Count, _evidence.Mark());

    /// <summary>Goes back to the state of a mark; later marks are void.</summary>
    /// <exception cref="InvalidOperationException">The lane keeps no undo records.</exception>
    public void RollBack(LaneMark mark)
    {
        for (long i = Undo.Count - 1; i >= mark.Undo; i--)
        {
            UndoRecord old = Undo[i];
            _labels.Pointer[old.Address] = old.Label;
            if (_stepOf is not null)
            {
                _stepOf.Pointer[old.Address] = old.Step;
                _evidence.RestoreArrival(old.Address, old.Arrival);
            }
        }

        Undo.Truncate(mark.Undo);
        _evidence.RollBack(mark.Evidence);
    }

    /// <summary>Whether a step needs nothing but its eight bytes: no undo, and no arrival to be kept or forgotten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsPlainStep(uint before, uint label) =>
        _undo is null && (before == LabelByte.Unreached || (!LabelByte.AreAsNear(before, label) && !_evidence.HasArrivals));

    /// <summary>A step of a kernel that is not plain, before its label is written.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void TakeRareStep(ref PassFrame frame, uint transfer, uint tail, uint head, uint label)
    {
        frame.Steps.SettleAll();
        NoteChange(head);
        if (_stepOf is not null)
        {
            NoteArrival(head, _labels.Pointer[head] & (uint)LabelByte.Reach, label);
            frame.Steps.Add(transfer, tail, head);
            frame.Steps.SettleAll();
        }
    }

    /// <summary>An inflow that a kernel met.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void NoteInflow(ref PassFrame frame, uint transfer, uint tail, uint label)
    {
        frame.Steps.SettleAll();
        _evidence.Inflows.Add(new InflowRecord(transfer, _stepOf is null ? 0 : _stepOf.Pointer[tail], (byte)label));
    }

    private PassFrame Frame(in TransferColumns columns)
    {
        PassFrame frame = new() { Labels = _labels.Pointer, Limit = _limit };
        frame.Take(columns, _settings.Reversed);
        if (_settings.Interest is InterestSet interest)
        {
            frame.Take(interest);
        }

        return frame;
    }

    private RecordLog<UndoRecord> Undo => _undo ?? throw new InvalidOperationException("the lane keeps no undo records");

    private void NoteArrival(uint address, uint before, uint label)
    {
        if (before != LabelByte.Unreached)
        {
            _evidence.NoteArrival(address, before, label, _stepOf!.Pointer[address]);
        }
    }

    private void NoteChange(uint address) =>
        _undo?.Add(new UndoRecord(address, _stepOf is null ? 0 : _stepOf.Pointer[address], _evidence.ArrivalAside(address), _labels.Pointer[address], 0));

    private void Check(uint address) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(address, (uint)Addresses, nameof(address));

    // One specialised kernel per combination: what is off is not in its loop.
    private LaneKernel<OnePassLane> Kernel() => _settings.Path switch
    {
        VectorPath.Avx512 => KernelOf<Avx512Path>(),
        VectorPath.Avx2 => KernelOf<Avx2Path>(),
        _ => KernelOf<PortablePath>(),
    };

    private LaneKernel<OnePassLane> KernelOf<TPath>()
        where TPath : struct, IBatchPath => _settings.Reversed ? KernelOf<TPath, ReverseOrder>() : KernelOf<TPath, ChainOrder>();

    private LaneKernel<OnePassLane> KernelOf<TPath, TOrder>()
        where TPath : struct, IBatchPath
        where TOrder : struct, IPassOrder => (_stepOf is not null || _undo is not null, _settings.Interest is not null) switch
        {
            (false, false) => LaneKernel<OnePassLane>.Of<OnePassKernel<TPath, TOrder, Off, Off>, TOrder>(),
            (false, true) => LaneKernel<OnePassLane>.Of<OnePassKernel<TPath, TOrder, Off, On>, TOrder>(),
            (true, false) => LaneKernel<OnePassLane>.Of<OnePassKernel<TPath, TOrder, On, Off>, TOrder>(),
            _ => LaneKernel<OnePassLane>.Of<OnePassKernel<TPath, TOrder, On, On>, TOrder>(),
        };
}
