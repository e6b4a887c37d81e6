using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>
/// The newest blocks of every chain with their hashes: <c>checkpoint.json</c> in the state folder. The graph file keeps only
/// the hash of the last; with these a branch that won while nobody watched takes back no more than it replaced.
/// </summary>
internal sealed class Checkpoint
{
    /// <summary>So many blocks are kept of a chain.</summary>
    public const int BlocksMax = 64;

    private const string Name = "checkpoint.json";
    private readonly string _path;
    private readonly SortedDictionary<Chain, IReadOnlyList<ReadWindow>> _chains = [];

    private Checkpoint(string path) => _path = path;

    /// <summary>Reads it; nothing where there is no file.</summary>
    /// <exception cref="ChainWatchException">It is not as it was written. Without the file the watch goes on, too.</exception>
    public static Checkpoint Open(string folder)
    {
        Checkpoint checkpoint = new(Path.Combine(folder, Name));
        StateFile.Read(
            checkpoint._path,
            fields =>
            {
                foreach (JsonFields chain in fields.Items("chains"))
                {
                    Chain name = Chain.TryParse(chain.Text("chain"), out Chain known) ? known : throw chain.Problem("chain", $"'{chain.Text("chain")}' is no chain");
                    checkpoint._chains[name] = [.. chain.Items("blocks").Select(b => new ReadWindow(name, b.Number("first"), b.Number("last"), b.Text("parent_hash"), b.Text("last_hash")))];
                }
            },
            "the newest blocks as they were written. Without the file the watch goes on, too");
        return checkpoint;
    }

    /// <summary>The newest blocks of a chain, ascending and without a gap; empty where none are known that end with a block.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="last">The block that they must end with: the file may be older than the graph, or of another branch.</param>
    /// <param name="hash">Its hash.</param>
    public IReadOnlyList<ReadWindow> Until(Chain chain, long last, string hash) =>
        _chains.TryGetValue(chain, out IReadOnlyList<ReadWindow>? windows) && windows.Count > 0 && windows[^1].Last == last && windows[^1].LastHash == hash ? windows : [];

    /// <summary>Replaces what is kept of a chain.</summary>
    /// <exception cref="ChainWatchException">It cannot be written.</exception>
    public void Write(Chain chain, IReadOnlyList<ReadWindow> windows)
    {
        _chains[chain] = windows;
        StateFile.Write(_path, json =>
        {
            json.WriteStartArray("chains");
            foreach ((Chain known, IReadOnlyList<ReadWindow> blocks) in _chains)
            {
                json.WriteStartObject();
                json.WriteString("chain", known.Id);
                json.WriteStartArray("blocks");
                foreach (ReadWindow block in blocks)
                {
                    json.WriteStartObject();
                    json.WriteNumber("first", block.First);
                    json.WriteNumber("last", block.Last);
                    json.WriteString("parent_hash", block.ParentHash);
                    json.WriteString("last_hash", block.LastHash);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
