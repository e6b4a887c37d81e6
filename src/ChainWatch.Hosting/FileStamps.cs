using System.Globalization;
using System.Text;

namespace ChainWatch.Hosting;

/// <summary>
/// When files were last written, and how long they are. Asked for from time to time: what tells of changes by itself misses
/// some, above all on network disks and in containers.
/// </summary>
/// <param name="Text">A line for each file.</param>
internal sealed record FileStamps(string Text)
{
    public static FileStamps None { get; } = new("");

    public static FileStamps Of(IEnumerable<string> files)
    {
        StringBuilder text = new();
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            text.Append(file).Append('\t').Append(Of(file)).Append('\n');
        }

        return new FileStamps(text.ToString());
    }

    private static string Of(string path)
    {
        try
        {
            // A container's configuration is a link to a link: only its end is written anew.
            FileInfo file = new(path);
            FileSystemInfo end = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return end is FileInfo { Exists: true } found
                ? string.Create(CultureInfo.InvariantCulture, $"{found.FullName} {found.LastWriteTimeUtc.Ticks} {found.Length}")
                : "missing";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }
}
