namespace ChainWatch.Watching;

/// <summary>The notes of the last days: one for a list, a source and a day (UTC), however many of its transfers come.</summary>
internal sealed class DayNotes
{
    // No branch that may still lose reaches further back.
    private const int DaysKept = 30;
    private readonly SortedDictionary<int, Dictionary<(string List, Address Source), string>> _days = [];

    /// <summary>Whether there is one of the same list, source and day.</summary>
    public bool Has(Alert note) => _days.TryGetValue(DayOf(note), out var day) && day.ContainsKey(KeyOf(note));

    /// <summary>A note stands.</summary>
    public void Add(Alert note)
    {
        if (!_days.TryGetValue(DayOf(note), out var day))
        {
            _days[DayOf(note)] = day = [];
            int oldest = _days.Keys.Last() - DaysKept;
            foreach (int gone in _days.Keys.TakeWhile(d => d < oldest).ToArray())
            {
                _days.Remove(gone);
            }
        }

        day[KeyOf(note)] = note.Id;
    }

    /// <summary>A note stands no more.</summary>
    public void Remove(Alert note)
    {
        if (_days.TryGetValue(DayOf(note), out var day) && day.TryGetValue(KeyOf(note), out string? id) && id == note.Id)
        {
            day.Remove(KeyOf(note));
        }
    }

    private static (string List, Address Source) KeyOf(Alert note) => (note.List, note.Path[^1].From);

    private static int DayOf(Alert note) => DateOnly.FromDateTime((note.Path[^1].Time ?? DateTimeOffset.UnixEpoch).UtcDateTime).DayNumber;
}
