using System.Numerics;
using System.Runtime.CompilerServices;

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

    private readonly Part[] _parts = new Part[Parts];

    public AddressSlots()
    {
        foreach (ref Part part in _parts.AsSpan())
        {
            part = new Part(SlotsAtFirst);
        }
    }

    /// <summary>How often a part has grown.</summary>
    public int Growths { get; set; }

    /// <summary>Bytes taken.</summary>
    public long Bytes => _parts.Sum(part => part.Memory.Bytes);

    /// <summary>The part where a hash belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Part PartOf(ulong hash) => ref _parts[(int)(hash % Parts)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ref Part part in _parts.AsSpan())
        {
            part.Memory.Dispose();
        }
    }

    /// <summary>A power of two of slots, probed in line from where the hash's upper bits point.</summary>
    internal struct Part
    {
        /// <summary>The slots; an empty one is zero, else the hash's upper 32 bits over the number plus one.</summary>
        public readonly ulong* Slots;

        /// <summary>How many slots there are, less one.</summary>
        public readonly uint Mask;

        /// <summary>The slots' memory.</summary>
        public readonly NativeBuffer Memory;

        private readonly int _shift;
        private readonly uint _usedMax;
        private uint _used;

        public Part(uint slots)
        {
            Memory = new NativeBuffer(sizeof(ulong) * (long)slots, isZeroed: true);
            Slots = (ulong*)Memory.Start;
            Mask = slots - 1;
            _shift = 32 - BitOperations.Log2(slots);
            _usedMax = slots / 4 * 3;
        }

        /// <summary>Where the search for a hash begins.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly uint First(ulong hash) => (uint)(hash >> 32) >> _shift;

        /// <summary>Fills an empty slot, and grows where three in four are full.</summary>
        /// <returns>True where it grew: its slots are dealt anew.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Fill(uint slot, ulong hash, int number)
        {
            Slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | ((uint)number + 1);
            if (++_used < _usedMax)
            {
                return false;
            }

            Grow();
            return true;
        }

        private void Grow()
        {
            Part grown = new(2 * (Mask + 1)) { _used = _used };
            for (uint from = 0; from <= Mask; from++)
            {
                ulong slot = Slots[from];
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

            Memory.Dispose();
            this = grown;
        }
    }
}
