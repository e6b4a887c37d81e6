namespace ChainWatch.Lists;

/// <summary>Suggests names that a mistyped one may have meant.</summary>
internal static class NearestNames
{
    private const int SuggestionsMax = 3;

    /// <summary>"; did you mean 'A', 'B'?" with the nearest names, or an empty text where none is near.</summary>
    public static string Suggest(string typed, IReadOnlyList<string> names)
    {
        string[] nearest = [.. names
            .Select(name => (Name: name, Distance: name.Split(' ').Append(name).Min(part => Distance(typed, part))))
            .Where(n => n.Distance <= Math.Max(2, typed.Length / 2))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(SuggestionsMax)
            .Select(n => $"'{n.Name}'")];
        return nearest.Length == 0 ? "" : $"; did you mean {string.Join(", ", nearest)}?";
    }

    // The nearest of the whole name and its words. A name that contains what was typed is near; else the edit distance (Levenshtein 1966), without regard to case.
    private static int Distance(string typed, string name)
    {
        if (typed.Length >= 3 && name.Contains(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        int[] previous = [.. Enumerable.Range(0, name.Length + 1)];
        for (int i = 1; i <= typed.Length; i++)
        {
            int[] current = new int[name.Length + 1];
            current[0] = i;
            for (int j = 1; j <= name.Length; j++)
            {
                int substitution = char.ToUpperInvariant(typed[i - 1]) == char.ToUpperInvariant(name[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + substitution);
            }

            previous = current;
        }

        return previous[name.Length];
    }
}
