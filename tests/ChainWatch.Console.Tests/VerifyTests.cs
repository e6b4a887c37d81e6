using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Tests;

public sealed class VerifyTests
{
    [Fact]
    public async Task Verify_AWholeLog_PrintsHowManyAndTheHead()
    {
        using Files files = new();
        AlertHead head = Write(files["state"], 3);
        ConsoleRun run = await ConsoleRun.Of("verify", files["state"]);

        run.Code.ShouldBe(0, run.Errors);
        run.Errors.ShouldBeEmpty();
        run.Output.ReplaceLineEndings(" ").ShouldContain($"alerts.jsonl: 3 lines: every one as it was written");
        run.Output.ReplaceLineEndings(" ").ShouldContain("1 alert standing; 2 raised and 1 withdrawn in all, 0 notes among the lines");
        run.Output.ShouldContain(head.ToString());
        (await ConsoleRun.Of("verify", files["state"], "--head", head.ToString())).Output.ShouldBe(run.Output);
    }

    [Fact]
    public async Task Verify_AnEditedLineOrACutTail_IsAnErrorThatNamesIt()
    {
        using Files files = new();
        AlertHead head = Write(files["state"], 3);
        string log = Path.Combine(files["state"], "alerts.jsonl");
        string[] lines = await File.ReadAllLinesAsync(log);

        await File.WriteAllTextAsync(log, string.Join('\n', lines[..2]) + "\n");
        (await ConsoleRun.Of("verify", files["state"])).Code.ShouldBe(0, "the chain alone does not tell");
        (await ConsoleRun.Of("verify", files["state"], "--head", head.ToString())).ShouldFailWith($"{log}: ends with line 2; expected line 3 too, whose head was kept: lines were removed at the end");
        await File.WriteAllTextAsync(log, string.Join('\n', lines).Replace("\"hops\":1", "\"hops\":4", StringComparison.Ordinal) + "\n");
        (await ConsoleRun.Of("verify", files["state"])).ShouldFail($"{log}:1: seal: the line was edited: its SHA-256 is ");
        await File.WriteAllTextAsync(log, string.Join('\n', lines[1..]) + "\n");
        (await ConsoleRun.Of("verify", files["state"])).ShouldFailWith($"{log}:1: number: found 2, expected 1: lines were removed before it, or it was moved");
        (await ConsoleRun.Of("verify", files["state"], "--head", "3")).ShouldFail("'3' is no head of an alert log: expected NUMBER:SHA256");
        (await ConsoleRun.Of("verify", log)).ShouldFailWith($"{log}: is a file; expected the state folder of a watcher");
    }

    // Events 1 and 2 raised, then 1 withdrawn.
    private static AlertHead Write(string folder, int lines)
    {
        using AlertLog log = AlertLog.Open(folder);
        for (int i = 0; i < lines; i++)
        {
            Address wallet = Address.Parse($"0x{(i % 2) + 1:x40}");
            log.Append(new Alert
            {
                State = i < 2 ? AlertState.Raised : AlertState.Withdrawn,
                Reason = AlertReason.FirstWithin,
                List = "ofac-sdn",
                Direction = Direction.Received,
                Wallet = wallet,
                Hops = 1,
                Path = [new PathStep { From = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"), To = wallet, Position = new ChainPosition(Chain.Ethereum, 5, 0), Asset = Asset.Native(Chain.Ethereum), Value = Amount.From(7) }],
                Block = new BlockRef(5, "0x05", "0x04", new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)),
            }).ShouldBeTrue();
        }

        return log.Head;
    }
}
