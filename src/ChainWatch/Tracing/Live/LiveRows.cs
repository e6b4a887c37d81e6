using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Live;

/// <summary>The movements of the block at hand: who paid and who was paid, together in memory.</summary>
internal sealed class LiveRows
{
    private int[] _sources = [];
    private int[] _targets = [];

    /// <summary>The first entry.</summary>
    public int First { get; private set; }

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Who paid; negative for a movement with several sides.</summary>
    public ReadOnlySpan<int> Sources => _sources.AsSpan(0, Count);

    /// <summary>Who was paid.</summary>
    public ReadOnlySpan<int> Targets => _targets.AsSpan(0, Count);

    /// <summary>Takes the movements of some positions.</summary>
    public void Read(ChainLog log, int firstGroup, int endGroup)
    {
        First = firstGroup < log.Groups.Length ? log.Groups.StartOf(firstGroup) : log.Entries.Length;
        Count = endGroup > firstGroup ? log.EndOf(endGroup - 1) - First : 0;
        if (Count > _sources.Length)
        {
            _sources = new int[2 * Count];
            _targets = new int[2 * Count];
        }

        // Columns of a file that was appended to have two pieces.
        for (int at = 0; at < Count;)
        {
            ReadOnlySpan<int> sources = log.Entries.Sources.IntsFrom(First + at, Count - at);
            sources.CopyTo(_sources.AsSpan(at));
            log.Entries.Targets.Ints(First + at, sources.Length).CopyTo(_targets.AsSpan(at));
            at += sources.Length;
        }
    }

    /// <summary>The highest number of an address, or -1.</summary>
    public int HighestAddress(ChainLog log)
    {
        int highest = -1;
        for (int i = 0; i < Count; i++)
        {
            highest = Math.Max(highest, _sources[i] >= 0 ? Math.Max(_sources[i], _targets[i]) : HighestOf(log.Columns.Multis, _sources[i] & ~EntryColumn.MultiBit));
        }

        return highest;
    }

    /// <summary>
    /// How many addresses had occurred before a position. Those that were appended are numbered as they first occur; those of what
    /// was built are there from the beginning.
    /// </summary>
    public static int AddressesBefore(ChainLog log, int group)
    {
        if (group == log.Groups.Length)
        {
            return log.AddressTable.Length;
        }

        int highest = log.AddressTable.BaseLength - 1;
        int end = log.Groups.StartOf(group);
        ReadOnlySpan<int> sources;
        for (int first = log.Entries.Sources.BaseCount; first < end; first += sources.Length)
        {
            sources = log.Entries.Sources.IntsFrom(first, end - first);
            ReadOnlySpan<int> targets = log.Entries.Targets.Ints(first, sources.Length);
            for (int i = 0; i < sources.Length; i++)
            {
                highest = Math.Max(highest, sources[i] >= 0 ? Math.Max(sources[i], targets[i]) : HighestOf(log.Columns.Multis, sources[i] & ~EntryColumn.MultiBit));
            }
        }

        return highest + 1;
    }

    private static int HighestOf(MultiColumn multis, int multi)
    {
        int highest = -1;
        int end = multis.InputStarts.At(multi + 1);
        for (int i = multis.InputStarts.At(multi); i < end; i++)
        {
            highest = Math.Max(highest, multis.InputOwners.At(i) - 2);
        }

        end = multis.OutputStarts.At(multi + 1);
        for (int i = multis.OutputStarts.At(multi); i < end; i++)
        {
            highest = Math.Max(highest, multis.OutputOwners.OrNone(i));
        }

        return highest;
    }
}
