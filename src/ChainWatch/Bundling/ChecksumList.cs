using System.Buffers;
using System.Text;

namespace ChainWatch.Bundling;

/// <summary>
/// The checksums of a bundle's files as <c>sha256sum</c> writes and checks them: the SHA-256 in 64 digits, two spaces, the name,
/// a line for each file in the order of their names.
/// </summary>
internal static class ChecksumList
{
    public const string FileName = "manifest.sha256";
    private const int DigestLength = 64;
    private const int NameStart = DigestLength + 2;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Writes the list.</summary>
    public static byte[] Write(IEnumerable<(string Name, string Sha256)> files)
    {
        StringBuilder text = new();
        foreach ((string name, string sha256) in files)
        {
            text.Append(sha256).Append("  ").Append(name).Append('\n');
        }

        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the list.</summary>
    /// <param name="bytes">The list.</param>
    /// <param name="place">The file, as errors name it.</param>
    /// <exception cref="ChainWatchException">A line is not of that form.</exception>
    public static IReadOnlyList<(string Name, string Sha256)> Read(byte[] bytes, string place)
    {
        List<(string Name, string Sha256)> files = [];
        string[] lines = System.Text.Encoding.UTF8.GetString(bytes).Split('\n');
        for (int i = 0; i < lines.Length - 1; i++)
        {
            string line = lines[i];
            if (line.Length <= NameStart || line[DigestLength..NameStart] != "  " || !line.AsSpan(0, DigestLength).ContainsOnlyLowerHex())
            {
                throw ChainWatchException.At(place, i + 1, null, "expected a SHA-256 of 64 lower-case digits, two spaces and a file's name");
            }

            files.Add((line[NameStart..], line[..DigestLength]));
        }

        // What reads the same must be the same: no other line ends, no bytes that are no text.
        return Write(files).AsSpan().SequenceEqual(bytes) ? files : throw ChainWatchException.At(place, lines.Length, null, "expected lines of UTF-8, each ended by a line feed");
    }

    private static bool ContainsOnlyLowerHex(this ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);
}
