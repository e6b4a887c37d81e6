namespace ChainWatch.Graph.Storage;

/// <summary>
/// Finds appended things by their hash. One thread adds, any number look: who looks holds the slots of its own state, and
/// passes over what came later.
/// </summary>
internal sealed class AppendedIndex
{
    private const int LeastCapacity = 64;
    private ulong[] _slots = new ulong[LeastCapacity];
    private int _count;

    /// <summary>The index as it is, for things below a number.</summary>
    public View Until(int count) => new(_slots, count);

    /// <summary>Adds a thing, whose number is from 0.</summary>
    public void Add(ulong hash, int number)
    {
        if (2 * (_count + 1) > _slots.Length)
        {
            ulong[] slots = new ulong[_slots.Length * 2];
            foreach (ulong slot in _slots)
            {
                Put(slots, slot);
            }

            _slots = slots;
        }

        Put(_slots, ((ulong)Fold(hash) << 32) | (uint)(number + 1));
        _count++;
    }

    /// <summary>Forgets the things from a number on. Those who hold the index keep it as it was.</summary>
    public void Cut(int count)
    {
        ulong[] slots = new ulong[_slots.Length];
        _count = 0;
        foreach (ulong slot in _slots)
        {
            if ((uint)slot != 0 && (int)(uint)slot - 1 < count)
            {
                Put(slots, slot);
                _count++;
            }
        }

        _slots = slots;
    }

    private static uint Fold(ulong hash) => (uint)(hash >> 32) ^ (uint)hash;

    private static void Put(ulong[] slots, ulong slot)
    {
        if (slot == 0)
        {
            return;
        }

        int mask = slots.Length - 1;
        int at = (int)(slot >> 32) & mask;
        while (slots[at] != 0)
        {
            at = (at + 1) & mask;
        }

        Volatile.Write(ref slots[at], slot);
    }

    /// <summary>One state of an index.</summary>
    internal readonly struct View(ulong[] slots, int count)
    {
        /// <summary>The number of the thing with this hash that fits, or -1.</summary>
        public int Find<T>(ulong hash, in T sought, Func<T, int, bool> fits)
        {
            int mask = slots.Length - 1;
            uint folded = Fold(hash);
            for (int at = (int)folded & mask; Volatile.Read(ref slots[at]) is not 0 and ulong slot; at = (at + 1) & mask)
            {
                int number = (int)(uint)slot - 1;
                if ((uint)(slot >> 32) == folded && number < count && fits(sought, number))
                {
                    return number;
                }
            }

            return -1;
        }
    }
}
