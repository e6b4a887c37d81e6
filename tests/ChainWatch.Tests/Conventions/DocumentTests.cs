using System.Text.RegularExpressions;

namespace ChainWatch.Tests.Conventions;

/// <summary>What the repository's Markdown files point at is there, and what they quote is well formed.</summary>
public partial class DocumentTests
{
    [Fact]
    public void RelativeLinks_LeadToFilesOfTheRepository()
    {
        string[] documents = Documents();
        documents.Select(Path.GetFileName).ShouldContain("README.md");
        List<string> broken = [];
        int checkedLinks = 0;
        foreach (string document in documents)
        {
            string text = Fence().Replace(File.ReadAllText(document), "");
            foreach (string target in Link().Matches(text).Select(m => m.Groups["target"].Value).Where(t => !Elsewhere().IsMatch(t)))
            {
                checkedLinks++;
                (string path, string? anchor) = target.Split('#', 2) is [string before, string after] ? (before, after) : (target, null);
                string file = path.Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(path)));
                bool exists = (File.Exists(file) || Directory.Exists(file)) && Path.GetRelativePath(TestData.Repository, file).Split(Path.DirectorySeparatorChar)[0] != "..";
                if (!exists || (anchor is not null && File.Exists(file) && !Anchors(file).Contains(anchor)))
                {
                    broken.Add($"{Path.GetRelativePath(TestData.Repository, document)}: {target}");
                }
            }
        }

        broken.ShouldBeEmpty();
        checkedLinks.ShouldBeGreaterThan(5);
    }

    // The console would refuse an address whose capitals are not those of its checksum; a document must not print one.
    [Fact]
    public void EthereumAddresses_HaveTheirChecksums()
    {
        (string Document, string Address)[] printed = [.. Documents().SelectMany(d => EthereumAddress().Matches(File.ReadAllText(d)).Select(m => (Path.GetRelativePath(TestData.Repository, d), m.Value)))];
        printed.Length.ShouldBeGreaterThan(5);
        printed.Where(p => !Address.TryParse(p.Address, out _)).ShouldBeEmpty();
    }

    private static string[] Documents() => [.. Directory.EnumerateFiles(TestData.Repository, "*.md", SearchOption.AllDirectories).Where(IsOurs)];

    private static bool IsOurs(string file) =>
        !Path.GetRelativePath(TestData.Repository, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "node_modules");

    // As forges make them: lower case, spaces to hyphens, all but letters, digits, hyphens and underscores gone.
    private static HashSet<string> Anchors(string document) =>
        [.. Heading().Matches(File.ReadAllText(document)).Select(m => NotInAnchors().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(<?(?<target>[^)\s>]+)>?(?:\s+""[^""]*"")?\)|^\[[^\]]+\]:\s*(?<target>\S+)|(?:src|href)=""(?<target>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Link();

    [GeneratedRegex("^(?:[a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("(?<![0-9a-zA-Z])0x[0-9a-fA-F]{40}(?![0-9a-fA-F])")]
    private static partial Regex EthereumAddress();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#+[ \t]+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd}\-_ ]")]
    private static partial Regex NotInAnchors();
}
