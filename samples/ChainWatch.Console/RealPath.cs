namespace ChainWatch.Console;

/// <summary>Where a path leads, once every symbolic link on it is followed: two texts may name one file.</summary>
internal static class RealPath
{
    private const int LinksMax = 40;

    /// <summary>Two real paths are one file where the machine's file names are alike.</summary>
    public static StringComparison Comparison { get; } = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The full path without links; what does not exist yet is left as it is.</summary>
    /// <exception cref="IOException">The links lead round in a circle.</exception>
    public static string Of(string path) => Of(Path.GetFullPath(path), 0);

    private static string Of(string full, int links)
    {
        string real = Path.GetPathRoot(full)!;
        string[] parts = full[real.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string next = Path.Combine(real, parts[i]);
            if (new FileInfo(next).LinkTarget is string target)
            {
                return links < LinksMax
                    ? Of(Path.GetFullPath(Path.Combine([target, .. parts[(i + 1)..]]), real), links + 1)
                    : throw new IOException("too many links");
            }

            real = next;
        }

        return real;
    }
}
