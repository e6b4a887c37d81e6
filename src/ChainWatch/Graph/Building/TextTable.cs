namespace ChainWatch.Graph.Building;

/// <summary>The few addresses kept as text, by ascending numbers.</summary>
internal static class TextTable
{
    /// <summary>The text of a number; null where the address is not kept as text.</summary>
    public static string? Find(ReadOnlySpan<KeyValuePair<int, string>> texts, int number)
    {
        int low = 0;
        int high = texts.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (texts[middle].Key < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < texts.Length && texts[low].Key == number ? texts[low].Value : null;
    }
}
