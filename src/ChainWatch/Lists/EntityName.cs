namespace ChainWatch.Lists;

/// <summary>An entity's name, which the formats of one authority may write in several styles.</summary>
internal static class EntityName
{
    /// <summary>Whether two names have the same letters and digits: "WU, Huihui" and "Wu Huihui".</summary>
    public static bool IsSame(string one, string other) => Letters(one) == Letters(other);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
