using System.Security.Cryptography;
using System.Text.Json;

namespace ChainWatch.Console;

/// <summary>
/// The file of an answer with a line for each input, which a later run can go on with. What is done lies beside it, in
/// <c>FILE.part</c>, and how much of that is whole in <c>FILE.part.json</c>; at the end the part takes the file's name. A kill at
/// any moment loses the rows since the last save, and nothing else.
/// </summary>
internal sealed class BatchFile : IDisposable
{
    private const int Version = 1;
    private readonly string _target;
    private readonly string _part;
    private readonly string _state;
    private readonly string _question;
    private readonly FileStream _stream;

    private BatchFile(string target, string part, string state, string question, FileStream stream, Saved saved)
    {
        (_target, _part, _state, _question, _stream) = (target, part, state, question, stream);
        (Rows, Mark) = (saved.Rows, saved.Mark);
    }

    /// <summary>How many inputs are answered in the file, and are not to be answered again.</summary>
    public long Rows { get; private set; }

    /// <summary>What the caller kept with them: whether any had a finding.</summary>
    public bool Mark { get; private set; }

    /// <summary>Where further rows go.</summary>
    public Stream Stream => _stream;

    /// <summary>Opens what an earlier run of the same question left, or begins.</summary>
    /// <param name="target">The file of the answer, behind any link.</param>
    /// <param name="question">All that the answer depends on, as text; only the same text goes on.</param>
    /// <param name="input">The file that is read: none of those written may be it.</param>
    /// <exception cref="ChainWatchException">What is there is of another question, damaged or somebody else's, another run has it open, or it cannot be written.</exception>
    public static BatchFile Open(string target, string question, string input)
    {
        (string part, string state) = ($"{target}.part", $"{target}.part.json");
        if (new[] { target, part, state, Temporary(state) }.FirstOrDefault(f => f.Equals(RealPath.Of(input), RealPath.Comparison)) is string same)
        {
            throw ChainWatchException.At(same, 0, null, "is the file of addresses, and would be written: expected another --output");
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(question)));
        FileStream? stream = null;
        try
        {
            Saved? known = File.Exists(state) ? Read(state, hash) : null;
            if (known is null && new FileInfo(part) is { Exists: true, Length: > 0 })
            {
                throw ChainWatchException.At(part, 0, null, $"is there without {Path.GetFileName(state)}, which would say whose it is: delete it, or give another --output");
            }

            // Without the part the answer was finished, and had taken its name already.
            Saved saved = known is Saved left && File.Exists(part) ? left : new Saved(0, 0, false);
            stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Delete);
            if (stream.Length < saved.Bytes)
            {
                throw ChainWatchException.At(part, 0, null, $"holds {stream.Length} bytes; expected the {saved.Bytes} that {Path.GetFileName(state)} tells of: delete both to begin anew");
            }

            // What was written after the last save may be cut anywhere.
            stream.SetLength(saved.Bytes);
            stream.Position = saved.Bytes;
            BatchFile file = new(target, part, state, hash, stream, saved);
            file.Save(saved.Rows, saved.Mark);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new ChainWatchException($"{part}: cannot be opened for writing: another run may have it open, or the folder is not writable", e);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure of what was written: a later run goes on behind it.</summary>
    /// <param name="rows">How many inputs are answered, those of earlier runs among them.</param>
    /// <param name="mark">What is to be kept with them.</param>
    public void Save(long rows, bool mark)
    {
        (Rows, Mark) = (rows, mark);
        _stream.Flush(flushToDisk: true);
        string temporary = Temporary(_state);
        using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write))
        {
            using Utf8JsonWriter json = new(file);
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("question", _question);
            json.WriteNumber("rows", rows);
            json.WriteNumber("bytes", _stream.Position);
            json.WriteBoolean("mark", mark);
            json.WriteEndObject();
            json.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _state, overwrite: true);
    }

    /// <summary>The answer is whole: it takes its name.</summary>
    public void Complete()
    {
        // Moved while it is open: no other run may take it for one that was left.
        _stream.Flush(flushToDisk: true);
        File.Move(_part, _target, overwrite: true);
        File.Delete(_state);
    }

    public void Dispose() => _stream.Dispose();

    private static string Temporary(string state) => $"{state}.tmp";

    private static Saved Read(string state, string question)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(state));
            JsonElement root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version || root.GetProperty("question").GetString() != question)
            {
                throw ChainWatchException.At(state, 0, null, "tells of an answer to another question (other addresses, lists, day or format): give another --output, or delete it and the .part beside it");
            }

            return new Saved(root.GetProperty("rows").GetInt64(), root.GetProperty("bytes").GetInt64(), root.GetProperty("mark").GetBoolean());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new ChainWatchException($"{state}: is no state of an answer: delete it and the .part beside it to begin anew", e);
        }
    }

    private readonly record struct Saved(long Rows, long Bytes, bool Mark);
}
