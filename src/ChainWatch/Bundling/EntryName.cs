using System.Text;

namespace ChainWatch.Bundling;

/// <summary>
/// The names that an entry of a bundle may have: relative paths with forward slashes that mean the same file on every system, and
/// that lead nowhere else.
/// </summary>
internal static class EntryName
{
    private const int BytesMax = 512;
    private const int PartLengthMax = 100;
    private const string Forbidden = "\\:*?\"<>|";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A name as its bytes stand in the file; null where it is none that may be.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BytesMax)
        {
            return null;
        }

        try
        {
            string name = Strict.GetString(bytes);
            return IsValid(name) ? name : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A name's bytes.</summary>
    /// <exception cref="ChainWatchException">It is none that may be.</exception>
    public static byte[] Write(string name) => IsValid(name) && Strict.GetByteCount(name) <= BytesMax
        ? Strict.GetBytes(name)
        : throw new ChainWatchException($"'{name}' cannot be the name of a file in a bundle: expected a relative path that is the same on every system");

    /// <summary>The last part of a path, with what other systems do not take replaced: so that a file keeps its name in a bundle.</summary>
    public static string OfFile(string path)
    {
        string name = new([.. Path.GetFileName(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
        name = name.Length > PartLengthMax / 2 ? name[^(PartLengthMax / 2)..] : name;
        name = name.TrimEnd('.');
        return name.Length == 0 ? "_" : name;
    }

    private static bool IsValid(string name) => name.Length > 0 && name.Split('/').All(IsValidPart);

    private static bool IsValidPart(string part) =>
        part.Length is > 0 and <= PartLengthMax && part[0] != ' ' && part[^1] is not ('.' or ' ') && part != ".." && !part.Any(c => char.IsControl(c) || char.IsSurrogate(c) || Forbidden.Contains(c, StringComparison.Ordinal));
}
