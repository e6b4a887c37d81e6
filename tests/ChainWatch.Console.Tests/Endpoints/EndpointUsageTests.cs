namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>What goes wrong first with an endpoint, told in one line.</summary>
public sealed class EndpointUsageTests
{
    private static readonly string[] Trace = ["trace", "--from", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "--hops", "2"];

    [Theory]
    [InlineData("http://127.0.0.1:1: eth_chainId: cannot be reached: nothing answers there; is the node running, and the port right?", "--ethereum", "http://127.0.0.1:1")]
    [InlineData("--ethereum: is no URL; expected http://HOST:PORT or https://HOST/…", "--ethereum", "localhost:8545")]
    [InlineData("--ethereum: 'ws://127.0.0.1' is not reached over HTTP; expected http:// or https://", "--ethereum", "ws://127.0.0.1:8546/secret")]
    [InlineData("--graph and --ethereum: expected one of --transfers, --graph, --ethereum, --etherscan", "--ethereum", "http://127.0.0.1:1", "--graph", "x.cwg")]
    [InlineData("--state goes with an endpoint (--ethereum, --etherscan), not with --graph", "--graph", "x.cwg", "--state", "x")]
    [InlineData("--complete goes with --transfers: what --ethereum covers is known without it", "--ethereum", "http://127.0.0.1:1", "--complete")]
    [InlineData("x.cwg: there is no such file", "--graph", "x.cwg")]
    public async Task Mistake_IsOneLine(string expected, params string[] more) => (await ConsoleRun.Of([.. Trace, .. more])).ShouldFailWith(expected);

    [Theory]
    [InlineData("--fetch 'block': expected blocks or addresses", "--fetch", "block")]
    [InlineData("--max-requests 0: expected a whole number from 1", "--max-requests", "0")]
    public async Task WrongValue_IsOneLine(string expected, params string[] more) => (await ConsoleRun.Of([.. Trace, "--ethereum", "http://127.0.0.1:1", .. more])).ShouldFail(expected);

    [Fact]
    public async Task StateThatIsAFile_IsAnError()
    {
        using Files files = new();
        (await ConsoleRun.Of([.. Trace, "--ethereum", "http://127.0.0.1:1", "--state", files.Write("state", "x")])).ShouldFail("is a file; expected a folder");
    }

    [Fact]
    public async Task GraphThatIsNone_IsAnError()
    {
        using Files files = new();
        (await ConsoleRun.Of([.. Trace, "--graph", files.Write("case.cwg", "chain,block")])).ShouldFail("is no graph file; expected one written with --output-graph");
    }

    [Fact]
    public async Task OutputGraph_OfFiles_AnswersTheSame()
    {
        using Files files = new();
        string[] ask = ["trace", "--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "--hops", "5", "--format", "csv"];
        ConsoleRun fromFiles = await ConsoleRun.Of([.. ask, "--transfers", Files.Bybit, "--output-graph", files["bybit.cwg"]]);
        ConsoleRun fromGraph = await ConsoleRun.Of([.. ask, "--graph", files["bybit.cwg"]]);

        fromGraph.Output.ShouldBe(fromFiles.Output);
        fromGraph.Errors.ShouldBe(fromFiles.Errors);
        fromGraph.Code.ShouldBe(2);
    }

    [Fact]
    public async Task OutputGraph_OntoAnInput_IsRefused()
    {
        using Files files = new();
        string transfers = files.WriteTransfers("t.csv", ("0x1111111111111111111111111111111111111111", "0x2222222222222222222222222222222222222222", 1));
        (await ConsoleRun.Of([.. Trace, "--transfers", transfers, "--output-graph", transfers])).ShouldFail("is the input file");
        File.ReadAllText(transfers).ShouldStartWith("chain,block");
    }
}
