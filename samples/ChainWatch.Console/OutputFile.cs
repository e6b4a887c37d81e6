namespace ChainWatch.Console;

/// <summary>Writes an answer to stdout, or to a file that is whole or does not change: a temporary file, then a rename.</summary>
internal static class OutputFile
{
    /// <summary>Writes text to the file, or to stdout where it is null.</summary>
    public static void WriteText(string? file, Terminal terminal, Action<TextWriter> write) => Write(file, terminal, stream =>
    {
        using StreamWriter writer = new(stream, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes bytes to the file, or to stdout where it is null.</summary>
    public static void Write(string? file, Terminal terminal, Action<Stream> write)
    {
        if (file is null)
        {
            write(terminal.AnswerBytes);
            return;
        }

        string temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Remove(temporary);
            throw new ChainWatchException($"{file}: cannot be written: {e.Message}", e);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The error that is on its way says what went wrong.
        }
    }
}
