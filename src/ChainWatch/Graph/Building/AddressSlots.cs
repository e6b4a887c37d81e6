using System.Numerics;
using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// An open-addressed table of slots of 8 bytes: 4 of the hash, 4 of the number. It is split into 64 parts that grow one
/// at a time, so that growing needs a 64th of the table beside it and no long pause; a slot's own 4 bytes of the hash say
/// where it goes, so that growing reads no row.
/// </summary>
internal sealed unsafe class AddressSlots : IDisposable
{
    private const int Parts = 64;
    private const int SlotsAtFirst = 16;

    private readonly NativeBlock _partsMemory = new(Parts * sizeof(Part));
    private readonly NativeBlock[] _memory = new NativeBlock[Parts];
    private readonly Part* _parts;

    public AddressSlots()
    {
        _parts = (Part*)_partsMemory.Pointer;
        for (int part = 0; part < Parts; part++)
        {
            _memory[part] = Room(SlotsAtFirst);
            _parts[part] = new Part((ulong*)_memory[part].Pointer, SlotsAtFirst);
        }
    }

    /// <summary>How often a part has grown.</summary>
    public int Growths { get; private set; }

    /// <summary>Bytes taken.</summary>
    public long Bytes => _memory.Sum(memory => memory.Length);

    /// <summary>The part where a hash belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Part* PartOf(ulong hash) => _parts + (hash % Parts);

    /// <summary>Fills an empty slot of the hash's part, which grows where three in four are full: its slots are dealt anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(ulong* place, ulong hash, int number)
    {
        Part* part = PartOf(hash);
        *place = (hash & 0xFFFF_FFFF_0000_0000) | ((uint)number + 1);
        if (++part->Used >= part->UsedMax)
        {
            Grow((int)(hash % Parts));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBlock memory in _memory)
        {
            memory.Dispose();
        }

        _partsMemory.Dispose();
    }

    private static NativeBlock Room(uint slots) => new(sizeof(ulong) * (long)slots);

    private void Grow(int index)
    {
        Part part = _parts[index];
        uint slots = 2 * (part.Mask + 1);
        NativeBlock memory = Room(slots);
        Part grown = new((ulong*)memory.Pointer, slots) { Used = part.Used };
        for (uint from = 0; from <= part.Mask; from++)
        {
            ulong slot = part.Slots[from];
            if (slot == 0)
            {
                continue;
            }

            uint to = grown.First(slot);
            while (grown.Slots[to] != 0)
            {
                to = (to + 1) & grown.Mask;
            }

            grown.Slots[to] = slot;
        }

        _memory[index].Dispose();
        (_memory[index], _parts[index]) = (memory, grown);
        Growths++;
    }

    /// <summary>A power of two of slots, probed in line from where the hash's upper bits point.</summary>
    internal struct Part(ulong* memory, uint slots)
    {
        /// <summary>The slots; an empty one is zero, else the hash's upper 32 bits over the number plus one.</summary>
        public readonly ulong* Slots = memory;

        /// <summary>How many slots there are, less one.</summary>
        public readonly uint Mask = slots - 1;

        /// <summary>At so many full slots the part grows.</summary>
        public readonly uint UsedMax = slots / 4 * 3;

        /// <summary>How many slots are full.</summary>
        public uint Used;

        private readonly int _shift = 32 - BitOperations.Log2(slots);

        /// <summary>Where the search for a hash begins.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly uint First(ulong hash) => (uint)(hash >> 32) >> _shift;

        /// <summary>The slot behind one; behind the last the first.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly ulong* Next(ulong* slot) => slot == Slots + Mask ? Slots : slot + 1;
    }
}
