namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>What goes wrong first with an endpoint, told in one line.</summary>
public sealed class EndpointUsageTests
{
    private static readonly string[] Trace = ["trace", "--from", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "--hops", "2"];

    [Theory]
    [InlineData("http://127.0.0.1:1: eth_chainId: cannot be reached: nothing answers there; is the node running, and the port right?", "--ethereum", "http://127.0.0.1:1")]
    [InlineData("--ethereum: is no URL; expected http://HOST:PORT or https://HOST/…", "--ethereum", "localhost:8545")]
    [InlineData("--ethereum: 'ws://127.0.0.1' is not reached over HTTP; expected http:// or https://", "--ethereum", "ws://127.0.0.1:8546/secret")]
    [InlineData("--graph and --ethereum: expected one of --transfers, --graph, --ethereum, --etherscan, --bitcoin, --esplora, --bitcoin-blocks", "--ethereum", "http://127.0.0.1:1", "--graph", "x.cwg")]
    [InlineData("--state goes with an endpoint (--ethereum, --etherscan, --bitcoin, --esplora), not with --graph", "--graph", "x.cwg", "--state", "x")]
    [InlineData("http://127.0.0.1:1: getblockchaininfo: cannot be reached: nothing answers there; is the node running, and the port right?", "--bitcoin", "http://127.0.0.1:1")]
    [InlineData("--bitcoin: is no URL; expected http://HOST:PORT or https://HOST/…", "--bitcoin", "localhost:8332")]
    [InlineData("--esplora: 'ftp://127.0.0.1' is not reached over HTTP; expected http:// or https://", "--esplora", "ftp://127.0.0.1/secret")]
    [InlineData("none: no such folder; expected the blocks folder of a Bitcoin node", "--bitcoin-blocks", "none")]
    [InlineData("--bitcoin and --esplora: expected one of --transfers, --graph, --ethereum, --etherscan, --bitcoin, --esplora, --bitcoin-blocks", "--bitcoin", "http://127.0.0.1:1", "--esplora", "http://127.0.0.1:1")]
    [InlineData("--bitcoin-cookie goes with --bitcoin, not with --esplora", "--esplora", "http://127.0.0.1:1", "--bitcoin-cookie", "x")]
    [InlineData("x: there is no such file; expected the .cookie of a Bitcoin node that is running", "--bitcoin", "http://127.0.0.1:1", "--bitcoin-cookie", "x")]
    [InlineData("--as-chain 'dogecoin': expected bitcoin, bitcoin-testnet, bitcoin-testnet4, bitcoin-signet or bitcoin-regtest", "--bitcoin-blocks", ".", "--as-chain", "dogecoin")]
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
