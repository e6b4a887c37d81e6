namespace ChainWatch.Bitcoin.Files;

/// <summary>The undo records of one file that have the same number of transactions, in file order, with the likeliest first.</summary>
internal sealed class UndoGroup
{
    /// <summary>
    /// How far from its rank a record may stand: more than any reorganisation moves it. Keeps a broken file from being hashed whole for every block.
    /// A limit on the place, not on the tries, so that what is found does not depend on what was asked for before.
    /// </summary>
    private const int Reach = 5_000;

    private readonly List<(long Offset, int Length)> _records = [];
    private readonly List<bool> _claimed = [];
    private int _drift;

    /// <summary>A record.</summary>
    public (long Offset, int Length) this[int index] => _records[index];

    /// <summary>Adds the next record of the file; before any is asked for.</summary>
    public void Add(long offset, int length)
    {
        _records.Add((offset, length));
        _claimed.Add(false);
    }

    /// <summary>The records that may be those of a block, the likeliest first: where it would stand if records followed heights, and outwards.</summary>
    /// <param name="rank">How many blocks of the chain with this number of transactions stand before it in the file, by height.</param>
    public IEnumerable<int> Candidates(int rank)
    {
        int first = Math.Max(0, rank - Reach);
        int last = Math.Min(_records.Count - 1, rank + Reach);
        if (first > last)
        {
            yield break;
        }

        int start = Math.Clamp(rank + Volatile.Read(ref _drift), first, last);
        for (int distance = 0; start + distance <= last || start - distance >= first; distance++)
        {
            if (start + distance <= last && !_claimed[start + distance])
            {
                yield return start + distance;
            }

            if (distance > 0 && start - distance >= first && !_claimed[start - distance])
            {
                yield return start - distance;
            }
        }
    }

    /// <summary>Says that a record is a block's: others need not try it, and those around it drifted as far.</summary>
    public void Claim(int index, int rank)
    {
        _claimed[index] = true;
        Volatile.Write(ref _drift, index - rank);
    }
}
