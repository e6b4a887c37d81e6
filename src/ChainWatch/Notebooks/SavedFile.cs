namespace ChainWatch.Notebooks;

/// <summary>Files that are whole or do not change: a temporary file beside the target, then a rename.</summary>
internal static class SavedFile
{
    /// <summary>Writes a file, replacing one of that name.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public static string Write(string path, Action<Stream> write)
    {
        string? temporary = null;
        try
        {
            string target = Path.GetFullPath(path);
            string unfinished = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.tmp");
            using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.Write))
            {
                temporary = unfinished;
                write(stream);
            }

            File.Move(unfinished, target, overwrite: true);
            temporary = null;
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
            string why = Directory.Exists(path) ? "is a folder; expected the name of a file"
                : !Directory.Exists(folder) ? $"there is no folder {folder}; expected one that exists"
                : e.Message.ReplaceLineEndings(" ");
            throw new ChainWatchException($"{path}: cannot be written: {why}", e);
        }
        finally
        {
            if (temporary is not null)
            {
                Remove(temporary);
            }
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that is on its way says what went wrong.
        }
    }
}
