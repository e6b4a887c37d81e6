namespace ChainWatch.Bundling;

/// <summary>What stands in every bundle for whoever opens it without knowing it.</summary>
internal static class ReadmeText
{
    public const string FileName = "README.txt";

    public static BundleFile File => BundleFile.Of(FileName, System.Text.Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n")));

    private const string Text = """
        ChainWatch evidence bundle, form 1

        This zip holds the answer to one question about funds on a blockchain, and everything that the answer
        rests on. It says through which transfers funds came from listed addresses to a wallet. It says nothing
        about guilt, ownership, or what the law makes of it.

        What is in it
          report.json         the answer; its "body" has its own SHA-256 beside it
          report.md           the same answer for people
          request.json        the question, with every rule that shapes the answer
          lists/              the lists used, each with its manifest; lists are other people's statements
          seeds/, labels/     files of addresses and labels that the question was asked with, byte for byte
          transfers/          the transfer files, byte for byte as they were given
          transfers.cwg       instead of those: the graph file, or the transfers as fetched
          acquisition.json    which endpoint was asked, when, and how far its chain went
          acquisition/        every answer of the endpoint, as received; index.jsonl says to what question
          proofs/             for transactions of Bitcoin on the paths: bytes, merkle branch, block headers
          tool.json           the program and its version
          manifest.sha256     the SHA-256 of every other file
        What does not apply to a question is not there.

        Each step of a path in report.json has "evidence": "fact" (read from a chain's own data), "label" (rests
        on a label), "heuristic" (rests on a rule that can be wrong) or "supplied" (from a file that somebody gave).

        To check it without ChainWatch
          unzip bundle.zip -d bundle && cd bundle
          sha256sum --check --strict manifest.sha256     (macOS: shasum -a 256 -c manifest.sha256)
          sha256sum manifest.sha256                      this one number stands for the whole bundle
        Compare that number with one that was signed, time-stamped or handed over elsewhere: whoever can write
        the whole bundle anew can make its checksums anew. Then follow the path in report.md by hand: each
        transfer names its transaction and block, which any block explorer or node shows.

        To check it with ChainWatch, offline
          chainwatch verify bundle.zip
        It checks every byte, derives the whole report anew from the other files and compares it byte for byte,
        fetches the transfers again from the kept answers, and checks the proofs.

        More: docs/evidence.md and docs/formats.md of ChainWatch.

        """;
}
