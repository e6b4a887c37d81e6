using System.Formats.Tar;

namespace ChainWatch.Console;

/// <summary>
/// Where an answer goes: stdout, or a file that is whole or does not change (a temporary file, then a rename). Only a
/// regular file is replaced, and never one that the question is read from.
/// </summary>
internal sealed class OutputFile
{
    private const byte TarRegularFile = (byte)'0';
    private const int TarTypeOffset = 156;
    private readonly string? _file;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;

    private OutputFile(string? file, Terminal terminal, CancellationToken cancellationToken) =>
        (_file, _terminal, _cancellationToken) = (file, terminal, cancellationToken);

    public bool IsStdout => _file is null;

    /// <summary>The folder of the file; of stdout the system's for temporary files.</summary>
    public string Folder => _file is null ? Path.GetTempPath() : Path.GetDirectoryName(Target())!;

    /// <summary>Checks that the file can be written, before any work is done for it.</summary>
    /// <param name="file">The file; null: stdout.</param>
    /// <param name="inputs">What was given as input: those that are files must not be replaced.</param>
    /// <param name="terminal">Whose stdout.</param>
    /// <param name="cancellationToken">Keeps a file that is not whole yet from taking its place.</param>
    /// <exception cref="ChainWatchException">It cannot, or must not, be written.</exception>
    public static OutputFile Open(string? file, IEnumerable<string> inputs, Terminal terminal, CancellationToken cancellationToken)
    {
        OutputFile output = new(file, terminal, cancellationToken);
        if (file is not null)
        {
            string target = output.Target();
            if (inputs.FirstOrDefault(input => File.Exists(input) && RealPath.Of(input).Equals(target, RealPath.Comparison)) is string input)
            {
                throw ChainWatchException.At(file, 0, null, $"--output is the input file {input}: expected another file");
            }

            // The folder takes a file, as it will when the answer is there.
            string temporary = Temporary(target);
            output.CreateFile(temporary).Dispose();
            Remove(temporary);
        }

        return output;
    }

    /// <summary>Writes text.</summary>
    public void WriteText(Action<TextWriter> write) => Write(stream =>
    {
        using StreamWriter writer = new(stream, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes bytes.</summary>
    public void Write(Action<Stream> write)
    {
        if (_file is null)
        {
            write(_terminal.AnswerBytes);
            return;
        }

        WriteAsync((stream, _) =>
        {
            write(stream);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
    }

    /// <summary>Writes a file, which is not stdout, and may look at it before it takes its place.</summary>
    /// <param name="write">Takes the stream, which it may dispose, and the path at which the file is until then.</param>
    public async Task WriteAsync(Func<Stream, string, Task> write)
    {

        string target = Target();
        string temporary = Temporary(target);
        FileStream stream = CreateFile(temporary);
        try
        {
            using (stream)
            {
                await write(stream, temporary).ConfigureAwait(false);
            }

            _cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new ChainWatchException($"{_file}: cannot be written: the disk is full or the file may not be replaced", e);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static string Temporary(string target) => $"{target}.{Environment.ProcessId}.tmp";

    // Behind a symbolic link, the file it leads to is the one to replace.
    private string Target()
    {
        try
        {
            string target = RealPath.Of(_file!);
            return Directory.Exists(target) || Path.EndsInDirectorySeparator(_file!) ? throw Error("is a folder; expected a file")
                : !File.Exists(target) || IsRegularFile(target) ? target
                : throw Error("exists and is no regular file; expected a file that can be replaced");
        }
        catch (ArgumentException e)
        {
            throw new ChainWatchException($"--output '{_file}': is no path of a file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{_file}: cannot be written: what is there cannot be looked at", e);
        }
    }

    // Pipes, devices and sockets have no length, and opening one waits for whoever is at its other end: the tar writer asks
    // the system for its kind and opens regular files alone.
    private static bool IsRegularFile(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path).Length > 0)
        {
            return true;
        }

        using MemoryStream header = new();
        using (TarWriter tar = new(header, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(path, "output");
        }

        return header.GetBuffer()[TarTypeOffset] == TarRegularFile;
    }

    private FileStream CreateFile(string temporary)
    {
        string folder = Path.GetDirectoryName(temporary)!;
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = e is UnauthorizedAccessException ? $"no permission to make a file in {folder}"
                : File.Exists(folder) ? $"{folder} is a file; expected a folder"
                : !Directory.Exists(folder) ? $"there is no folder {folder}"
                : $"no file can be made in {folder}";
            throw new ChainWatchException($"{_file}: cannot be written: {why}", e);
        }
    }

    private ChainWatchException Error(string problem) => ChainWatchException.At(_file!, 0, null, $"cannot be written: {problem}");

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
