using ChainWatch.Bundling;
using ChainWatch.Rpc.Recording;

namespace ChainWatch.Console.Bundles;

/// <summary>The answers of an endpoint that a bundle holds, with the questions.</summary>
internal sealed class KeptAnswers
{
    private const int AnswerBytesMax = 1 << 30;
    private readonly EvidenceBundle _bundle;
    private readonly List<string> _files = [];
    private readonly List<Exchange> _exchanges = [];

    /// <exception cref="ChainWatchException">The index is malformed, or does not name exactly the answers that are there.</exception>
    public KeptAnswers(EvidenceBundle bundle, IReadOnlyList<string> files, long expected)
    {
        _bundle = bundle;
        string[] kept = [.. files.Where(f => f.StartsWith(Acquisition.AnswersFolder, StringComparison.Ordinal))];
        if (files.Contains(Acquisition.IndexFile))
        {
            using StreamReader reader = new(bundle.OpenFile(Acquisition.IndexFile));
            for (int number = 1; reader.ReadLine() is string line; number++)
            {
                (Exchange exchange, string file) = ExchangeLine.Read(System.Text.Encoding.UTF8.GetBytes(line), $"{bundle.Name}: {Acquisition.IndexFile}:{number}");
                _exchanges.Add(exchange);
                _files.Add(file);
            }
        }

        HashSet<string> there = [.. kept];
        if (_files.FirstOrDefault(f => !there.Contains(f)) is string missing)
        {
            throw ChainWatchException.At(bundle.Name, 0, Acquisition.IndexFile, $"names the answer '{missing}', which is not in the bundle");
        }

        if (!_files.SequenceEqual(kept, StringComparer.Ordinal) || kept.Length != expected)
        {
            throw ChainWatchException.At(bundle.Name, 0, Acquisition.IndexFile, $"names {_files.Count} answers; the bundle has {kept.Length}, and acquisition.json tells {expected}: expected all of them, each once, in their order");
        }
    }

    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    public byte[] Read(int index) => _bundle.ReadFile(_files[index], AnswerBytesMax);
}
