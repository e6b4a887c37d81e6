using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Values by number, for states that are filled and forgotten again and again: open addressing, and a stamp in every slot that
/// says to which filling it belongs. Clearing takes no time, whatever was in it, and a small filling after a large one uses
/// few slots again. Numbers cannot be taken out one by one. For one thread.
/// </summary>
/// <typeparam name="T">The values; a new one is all zero.</typeparam>
internal sealed class EpochMap<T>
    where T : unmanaged
{
    private const int FirstBits = 6;
    private const int GrowthBits = 2;
    private const int BitsMax = 30;

    // 2^32 divided by the golden ratio: spreads neighbouring numbers (Knuth, The Art of Computer Programming 3, 6.4).
    private const uint Spread = 2654435769;

    // Two tables take turns in growing. Their slots stay where they are, at whatever sizes they are used.
    private Slot[] _slots = NewSlots(FirstBits);
    private Slot[] _others = [];
    private int[] _keys = new int[1 << (FirstBits - 1)];
    private int _bits = FirstBits;
    private uint _epoch = 1;
    private int _count;

    /// <summary>How many numbers have a value.</summary>
    public int Count => _count;

    /// <summary>The numbers that have a value, in the order in which they came. Good until the next is added.</summary>
    public ReadOnlySpan<int> Keys => _keys.AsSpan(0, _count);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _count = 0;
        _bits = FirstBits;
        _epoch++;
        // A filling takes a stamp each time it grows; before they run out, old ones must not count again.
        if (_epoch > uint.MaxValue - BitsMax)
        {
            Array.Clear(_slots);
            Array.Clear(_others);
            _epoch = 1;
        }
    }

    /// <summary>The value of a number, or a null reference (<see cref="Unsafe.IsNullRef{T}"/>). Good until the next is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Find(int key)
    {
        ref Slot first = ref MemoryMarshal.GetArrayDataReference(_slots);
        uint mask = (1u << _bits) - 1;
        for (uint i = IndexOf(key); ; i = (i + 1) & mask)
        {
            ref Slot slot = ref Unsafe.Add(ref first, i);
            if (slot.Epoch != _epoch)
            {
                return ref Unsafe.NullRef<T>();
            }

            if (slot.Key == key)
            {
                return ref slot.Value;
            }
        }
    }

    /// <summary>Whether a number has a value.</summary>
    public bool Contains(int key) => !Unsafe.IsNullRef(ref Find(key));

    /// <summary>The value of a number, which gets one where it has none. Good until the next is added.</summary>
    /// <param name="key">Any number.</param>
    /// <param name="isNew">Whether it had none: the value is all zero.</param>
    /// <exception cref="InvalidOperationException">It holds 2^29 already.</exception>
    public ref T GetOrAdd(int key, out bool isNew)
    {
        ref Slot first = ref MemoryMarshal.GetArrayDataReference(_slots);
        uint mask = (1u << _bits) - 1;
        uint i = IndexOf(key);
        for (; Unsafe.Add(ref first, i).Epoch == _epoch; i = (i + 1) & mask)
        {
            if (Unsafe.Add(ref first, i).Key == key)
            {
                isNew = false;
                return ref Unsafe.Add(ref first, i).Value;
            }
        }

        isNew = true;
        ref Slot slot = ref Unsafe.Add(ref first, i);
        if (_count == _keys.Length || _count == 1 << (_bits - 1))
        {
            MakeRoom();
            slot = ref FreeSlot(_slots, key);
        }

        _keys[_count++] = key;
        (slot.Key, slot.Epoch, slot.Value) = (key, _epoch, default);
        return ref slot.Value;
    }

    private void MakeRoom()
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _keys.Length * 2);
        }

        if (_count == 1 << (_bits - 1))
        {
            Grow();
        }
    }

    // At most half of the slots are taken.
    private void Grow()
    {
        if (_bits == BitsMax)
        {
            throw new InvalidOperationException($"a map of {_count} numbers; expected no more");
        }

        (Slot[] before, int used, uint epoch) = (_slots, 1 << _bits, _epoch);
        _bits = Math.Min(_bits + GrowthBits, BitsMax);
        _slots = _others.Length >= 1 << _bits ? _others : NewSlots(_bits);
        _others = before;
        // What stands in the other table from an earlier size counts no more.
        _epoch++;
        foreach (ref Slot old in before.AsSpan(0, used))
        {
            if (old.Epoch == epoch)
            {
                ref Slot slot = ref FreeSlot(_slots, old.Key);
                (slot.Key, slot.Epoch, slot.Value) = (old.Key, _epoch, old.Value);
            }
        }
    }

    private ref Slot FreeSlot(Slot[] slots, int key)
    {
        uint mask = (1u << _bits) - 1;
        uint i = IndexOf(key);
        while (slots[i].Epoch == _epoch)
        {
            i = (i + 1) & mask;
        }

        return ref slots[i];
    }

    private uint IndexOf(int key) => ((uint)key * Spread) >> (32 - _bits);

    private static unsafe Slot[] NewSlots(int bits)
    {
        long bytes = (long)sizeof(Slot) << bits;
        if (bytes < 2 * HugePages.Size)
        {
            return new Slot[1 << bits];
        }

        Slot[] slots = GC.AllocateArray<Slot>(1 << bits, pinned: true);
        HugePages.Advise(Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(slots)), (nuint)bytes);
        return slots;
    }

    private struct Slot
    {
        public int Key;
        public uint Epoch;
        public T Value;
    }
}
