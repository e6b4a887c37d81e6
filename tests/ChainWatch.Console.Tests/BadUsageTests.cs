namespace ChainWatch.Console.Tests;

public sealed class BadUsageTests
{
    private const string Wallet = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private static readonly string[] Trace = ["trace", "--from", Wallet, "--transfers", Files.Bybit];

    [Theory]
    [InlineData("--min-value", "DOGGO=1", "has the symbol 'DOGGO'")]
    [InlineData("--min-value", "ETH=-1", "'-1' is no amount")]
    [InlineData("--min-value", "ETH=0.0000000000000000001", "at most 18 digits")]
    [InlineData("--min-value", "ETH", "expected ASSET=AMOUNT")]
    [InlineData("--since", "yesterday", "expected a block's height, or a day")]
    [InlineData("--as-of", "2022-13-01", "expected a day as YYYY-MM-DD")]
    [InlineData("--direction", "up", "expected received, sent or both")]
    [InlineData("--format", "xml", "expected one of text, json, csv, jsonl, markdown, graphml, html")]
    [InlineData("--max-degree", "0", "expected a whole number from 1")]
    [InlineData("--stop-at", "no-such-file.csv", "no-such-file.csv: there is no such file")]
    [InlineData("--to", "no-such-file.txt", "there is no such file; expected an address or a file of addresses")]
    [InlineData("--to", "0x098B716B8Aaf21512996dC57EB0615e2383E2F96", "checksum")]
    [InlineData("--lists", "no-such-folder", "no-such-folder: there is no such folder")]
    public async Task Trace_BadOption_OneLineNamesIt(string option, string value, string expected) =>
        (await ConsoleRun.Of([.. Trace, "--hops", "3", option, value])).ShouldFail(expected);

    [Fact]
    public async Task Trace_NoTransfers_OneLine() =>
        (await ConsoleRun.Of("trace", "--from", Wallet, "--hops", "3")).ShouldFailWith("no source of transfers; expected one of --transfers, --graph, --ethereum, --etherscan, --bitcoin, --esplora, --bitcoin-blocks");

    [Fact]
    public async Task Trace_MissingFile_OneLine() =>
        (await ConsoleRun.Of("trace", "--from", Wallet, "--hops", "3", "--transfers", "none.csv")).ShouldFail("none.csv: there is no such file");

    [Fact]
    public async Task Trace_SameSeedsTwiceUnderOneName_OneLine() =>
        (await ConsoleRun.Of("trace", "--from", "list:ofac-sdn", "list:OFAC-SDN", "--hops", "3", "--transfers", Files.Bybit)).ShouldFail("'ofac-sdn' is given twice");

    [Fact]
    public async Task Trace_WindowTheWrongWayRound_OneLine() =>
        (await ConsoleRun.Of([.. Trace, "--hops", "3", "--since", "2025-03-01", "--until", "2025-02-01"])).ShouldFail("--since 2025-03-01 is after --until 2025-02-01");

    [Fact]
    public async Task Trace_OutputInNoFolder_OneLineAndNoFile()
    {
        using Files files = new();
        (await ConsoleRun.Of([.. Trace, "--hops", "3", "--output", files["none/answer.txt"]])).ShouldFail("answer.txt: cannot be written");
    }

    [Theory]
    [InlineData("no command; expected one of screen, trace, sources, bundle, graph, lists, watch, outbox, verify")]
    [InlineData("no command 'scren'; expected one of screen, trace, sources, bundle, graph, lists, watch, outbox, verify", "scren")]
    [InlineData("no command; expected one of show, verify, diff, update, import", "lists")]
    [InlineData("expected addresses, or --file", "screen")]
    [InlineData("'nonsense' is no address", "screen", "nonsense")]
    [InlineData("there is no such file", "screen", "--file", "none.txt")]
    [InlineData("expected a whole number from 0", "screen", "--max-list-age", "-3", Wallet)]
    [InlineData("no list 'nope'", "lists", "show", "nope")]
    [InlineData("none: there is no such folder", "lists", "verify", "none")]
    [InlineData("none: there is no such folder", "lists", "diff", "none", "none")]
    [InlineData("--esplora answers address by address: a graph of everything cannot be built of it; expected a node or files, or a trace with --esplora and --output-graph", "graph", "build", "--esplora", "http://127.0.0.1:1", "--output", "none.cwg")]
    [InlineData("--etherscan answers address by address", "graph", "build", "--etherscan", "http://127.0.0.1:1", "--output", "none.cwg")]
    [InlineData("--since and --until with --bitcoin-blocks: expected heights of blocks, and no days", "graph", "build", "--bitcoin-blocks", ".", "--since", "2020-01-01", "--output", "none.cwg")]
    [InlineData("--memory 2: expected a size such as 512MB or 2GB", "graph", "build", "--bitcoin-blocks", ".", "--memory", "2", "--output", "none.cwg")]
    [InlineData("--memory goes with --transfers, --bitcoin-blocks, not with --ethereum", "graph", "build", "--ethereum", "http://127.0.0.1:1", "--memory", "2GB", "--output", "none.cwg")]
    [InlineData("'--output' is required", "graph", "build", "--bitcoin-blocks", ".")]
    [InlineData("none.cwg: there is no such file", "graph", "info", "none.cwg")]
    [InlineData("none.cwg: there is no such file", "graph", "verify", "none.cwg")]
    [InlineData("none.xml: cannot be opened", "lists", "import", "ofac", "none.xml", "--output", "none")]
    public async Task OtherCommands_BadUsage_OneLine(string expected, params string[] args) =>
        (await ConsoleRun.Of(args)).ShouldFail(expected);
}
