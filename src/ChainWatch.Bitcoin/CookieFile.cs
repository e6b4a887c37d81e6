namespace ChainWatch.Bitcoin;

/// <summary>
/// The file in which Bitcoin Core leaves the credentials of its JSON-RPC (<c>.cookie</c> in its data folder), another at each
/// start. What stands in it is never part of a message.
/// </summary>
public static class CookieFile
{
    private const int LengthMax = 1024;

    /// <summary>Reads user and password.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ChainWatchException">It cannot be read, or is not one line <c>user:password</c>.</exception>
    public static (string User, string Password) Read(string path)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > LengthMax)
            {
                throw Bad(path);
            }

            text = File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string problem = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e is UnauthorizedAccessException ? "may not be read" : "cannot be read";
            throw new ChainWatchException($"{path}: {problem}; expected the .cookie of a Bitcoin node that is running", e);
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1 && !text.Any(char.IsControl) ? (text[..colon], text[(colon + 1)..]) : throw Bad(path);
    }

    private static ChainWatchException Bad(string path) => new($"{path}: is no cookie file of a Bitcoin node; expected one line, user:password");
}
