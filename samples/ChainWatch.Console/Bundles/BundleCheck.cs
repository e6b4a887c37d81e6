using ChainWatch.Bundling;
using ChainWatch.Console.Printing;

namespace ChainWatch.Console.Bundles;

/// <summary>Checks a bundle from its first byte to its last, offline.</summary>
internal static class BundleCheck
{
    private static readonly BundleSource[] Endpoints = [BundleSource.Ethereum, BundleSource.Etherscan, BundleSource.Bitcoin, BundleSource.Esplora];

    /// <returns>A line for each check that holds.</returns>
    /// <exception cref="ChainWatchException">The first thing that does not hold: the file, and what was expected.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(string path, CancellationToken cancellationToken)
    {
        using EvidenceBundle bundle = EvidenceBundle.Open(path, cancellationToken);
        string folder = Directory.CreateTempSubdirectory("chainwatch-bundle-").FullName;
        try
        {
            BundleAnswer answer = await BundleAnswer.DeriveAsync(bundle, folder, cancellationToken).ConfigureAwait(false);
            List<string> lines =
            [
                $"structure: {Words.Count(bundle.Names.Count + 1, "file")}: nothing between them, nothing hidden, no name that leads elsewhere",
                $"manifest.sha256: {Words.Count(bundle.Names.Count, "file")} as they were written",
                "report.json, report.md: derived again from request, lists and transfers, byte for byte",
                "request.json, acquisition.json, tool.json, README.txt: in their one form; times, tool and limits are as stated",
            ];
            if (Endpoints.Contains(answer.Question.Source) != answer.Fetch is not null)
            {
                throw ChainWatchException.At(path, 0, "acquisition.json", "tells of fetching where nothing was fetched, or the reverse: expected what request.json has");
            }

            if (answer.Fetch is BundleFetch fetch)
            {
                lines.Add(await ReplayCheck.RunAsync(bundle, answer, fetch, cancellationToken).ConfigureAwait(false));
            }

            else
            {
                lines.Add("acquisition: none: the transfers are those that were given");
            }

            lines.Add(ProofCheck.Run(bundle, answer));
            RequireKnown(bundle, answer);
            lines.Add($"bundle {bundle.Identity}");
            return lines;
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>Prints a line for each check, whatever the width: a program may read them.</summary>
    public static void Write(Terminal terminal, string title, IEnumerable<string> checks)
    {
        foreach (string line in checks.Prepend(title))
        {
            terminal.Answers.Write(OneLine.Of(line));
            terminal.Answers.Write('\n');
        }
    }

    private static void RequireKnown(EvidenceBundle bundle, BundleAnswer answer)
    {
        IReadOnlySet<string> proofs = ProofCheck.NamesOf(answer);
        bool IsAnswer(string name) => answer.Fetch is not null && (name == Acquisition.IndexFile || name.StartsWith(Acquisition.AnswersFolder, StringComparison.Ordinal));
        if (answer.More.FirstOrDefault(name => !IsAnswer(name) && !proofs.Contains(name)) is string unknown)
        {
            throw ChainWatchException.At(bundle.Name, 0, unknown, "has no place in a bundle of this question; expected no such file");
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where an open file cannot be removed it is left to the system's own tidying of temporary files.
        }
    }
}
