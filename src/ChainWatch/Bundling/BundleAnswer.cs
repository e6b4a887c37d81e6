using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Bundling;

/// <summary>A bundle's answer, derived again from what is in the bundle, and found to be the one that it reports.</summary>
public sealed class BundleAnswer
{
    /// <summary>The graph file of a bundle that has no transfer files.</summary>
    public const string GraphFile = "transfers.cwg";

    private const string ListsFolder = "lists";

    private readonly Func<IEnumerable<Chain>, TraceRequest> _ask;

    private BundleAnswer(BundleQuestion question, BundleFetch? fetch, Func<IEnumerable<Chain>, TraceRequest> ask, TransferGraph graph, TraceResult result, IReadOnlyList<string> more)
    {
        (Question, Fetch, Graph, Result, More) = (question, fetch, graph, result, more);
        _ask = ask;
    }

    /// <summary>The question.</summary>
    public BundleQuestion Question { get; }

    /// <summary>How the transfers were fetched; null where they were not.</summary>
    public BundleFetch? Fetch { get; }

    /// <summary>The transfers.</summary>
    public TransferGraph Graph { get; }

    /// <summary>The answer.</summary>
    public TraceResult Result { get; }

    /// <summary>The bundle's files that nothing here accounts for: answers of endpoints and proofs, which whoever knows their form checks.</summary>
    public IReadOnlyList<string> More { get; }

    /// <summary>The question as the tracer takes it, on given chains. The folder's files are read for it.</summary>
    public TraceRequest Ask(IEnumerable<Chain> chains) => _ask(chains);

    /// <summary>The files of a bundle with an answer.</summary>
    /// <param name="question">The question; its files are among <paramref name="inputs"/>.</param>
    /// <param name="tool">What made the answer.</param>
    /// <param name="fetch">How the transfers were fetched; null where they were not.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="listsDirectory">The lists as <see cref="ListChoice.Load"/> took them.</param>
    /// <param name="inputs">Files of seeds, labels and transfers, answers of endpoints, proofs.</param>
    /// <exception cref="ChainWatchException">A list cannot be read any more.</exception>
    public static IReadOnlyList<BundleFile> Files(BundleQuestion question, BundleTool tool, BundleFetch? fetch, TraceResult answer, string? listsDirectory, IEnumerable<BundleFile> inputs) =>
    [
        .. DerivedFiles.Of(question, tool, fetch, answer),
        .. ListFiles.Of(listsDirectory).Where(f => f.Kind != ListKind.Stops || question.DefaultLabels).Select(f => BundleFile.Of($"{ListsFolder}/{f.List}/{f.File}", f.Bytes)),
        .. inputs,
    ];

    /// <summary>
    /// Derives the answer from the bundle's question, lists and transfers, and compares every file that follows from them byte for
    /// byte. Nothing is asked of anybody.
    /// </summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="folder">An empty folder, for the bundle's files while they are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChainWatchException">A file is not what follows from the others: it is named.</exception>
    public static async Task<BundleAnswer> DeriveAsync(EvidenceBundle bundle, string folder, CancellationToken cancellationToken = default)
    {
        BundleQuestion question = BundleJson.Read(bundle, DerivedFiles.Request, QuestionJson.Read);
        BundleTool tool = BundleJson.Read(bundle, DerivedFiles.Tool, BundleTool.Read);
        BundleFetch? fetch = BundleJson.Read(bundle, DerivedFiles.Acquisition, BundleFetch.Read);
        RequireFiles(bundle, question);
        HashSet<string> given = [.. question.From.Concat(question.StopFiles).Concat(question.Transfers).Select(f => f.File).OfType<string>()];
        bundle.ExtractTo(folder, name => given.Contains(name) || name.StartsWith($"{ListsFolder}/", StringComparison.Ordinal), cancellationToken);

        ListSet lists = ListsOf(bundle, folder);
        TransferGraph graph = await ReadAsync(bundle, question, folder, cancellationToken).ConfigureAwait(false);
        TraceRequest Ask(IEnumerable<Chain> chains) => question.ToRequest(lists, folder, chains);
        TraceResult result = Place(bundle, folder, () => Tracer.Trace(graph, Ask(graph.Chains.Select(log => log.Chain)), cancellationToken));
        IReadOnlyList<BundleFile> derived = DerivedFiles.Of(question, tool, fetch, result);
        foreach (BundleFile file in derived)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Stream expected = bundle.OpenFile(file.Name);
            using ComparingStream comparing = new(expected, $"{bundle.Name}: {file.Name}", "is not what follows from the bundle's other files; expected the bytes that they give");
            file.Write(comparing);
            comparing.Finish();
        }

        given.UnionWith(derived.Select(f => f.Name));
        given.UnionWith(ListFiles.Of(Path.Combine(folder, ListsFolder)).Select(f => $"{ListsFolder}/{f.List}/{f.File}"));
        return new BundleAnswer(question, fetch, Ask, graph, result, [.. bundle.Names.Where(name => !given.Contains(name))]);
    }

    private static void RequireFiles(EvidenceBundle bundle, BundleQuestion question)
    {
        foreach (GivenFile file in question.From.Concat(question.StopFiles).Concat(question.Transfers).Where(f => f.File is not null && !bundle.Has(f.File)))
        {
            throw ChainWatchException.At(bundle.Name, 0, DerivedFiles.Request, $"names the file '{file.File}', which is not in the bundle");
        }

        // What is neither a list nor an address would be looked for on this machine.
        if (question.From.FirstOrDefault(f => f.File is null && SeedSelectors.Files([f.Given]).Any()) is GivenFile seeds)
        {
            throw ChainWatchException.At(bundle.Name, 0, DerivedFiles.Request, $"gives the seeds '{seeds.Given}' without their file; expected list:NAME, an address, or a file of the bundle");
        }

        bool hasAll = question.Transfers.Concat(question.StopFiles).All(f => f.File is not null)
            && (question.Source == BundleSource.Transfers ? question.Transfers.Count > 0 : question.Transfers.Count == 1);
        if (!hasAll)
        {
            throw ChainWatchException.At(bundle.Name, 0, DerivedFiles.Request, "does not name the file that transfers or labels are in");
        }
    }

    private static ListSet ListsOf(EvidenceBundle bundle, string folder) => Directory.Exists(Path.Combine(folder, ListsFolder))
        ? Place(bundle, folder, () => ListSet.Load(Path.Combine(folder, ListsFolder)))
        : throw ChainWatchException.At(bundle.Name, 0, ListsFolder, "there is no list in the bundle");

    private static async Task<TransferGraph> ReadAsync(EvidenceBundle bundle, BundleQuestion question, string folder, CancellationToken cancellationToken)
    {
        string[] paths = [.. question.Transfers.Select(f => BundleQuestion.PathOf(folder, f.File!))];
        try
        {
            if (question.Source == BundleSource.Transfers)
            {
                NamedFiles files = new(new TransferFileSource(paths, question.DeclaredComplete), paths, [.. question.Transfers.Select(f => f.Given)]);
                return await TransferGraph.ReadAsync(files, cancellationToken).ConfigureAwait(false);
            }

            TransferGraph.Verify(paths[0], cancellationToken);
            return TransferGraph.Open(paths[0], cancellationToken);
        }
        catch (ChainWatchException e)
        {
            throw Told(bundle, folder, e);
        }
    }

    private static T Place<T>(EvidenceBundle bundle, string folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ChainWatchException e)
        {
            throw Told(bundle, folder, e);
        }
    }

    // The folder is gone when the message is read: the file's name in the bundle says which one it is.
    private static ChainWatchException Told(EvidenceBundle bundle, string folder, ChainWatchException e) =>
        new($"{bundle.Name}: {e.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}", e);
}
