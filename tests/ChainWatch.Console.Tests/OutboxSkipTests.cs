using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Tests;

public sealed class OutboxSkipTests
{
    private static readonly Address _listed = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    private static readonly Address _wallet = Address.Parse("0x0000000000000000000000000000000000000b0b");

    [Fact]
    public async Task Skip_SaysWhatIsNotSentAgain_AndTheOutboxKeepsIt()
    {
        using Files files = new();
        string id = Offer(files["state"]);
        (await ConsoleRun.Of("outbox", "skip", files["state"], "webhook", "2")).ShouldFail("outbox.json: webhook: line 2; expected 1, the first that it has not accepted");
        (await ConsoleRun.Of("outbox", "skip", files["state"], "hook", "1")).ShouldFail("no sink 'hook'; expected one of 'webhook'");
        ConsoleRun run = await ConsoleRun.Of("outbox", "skip", files["state"], "webhook", "1");
        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldBe($"skipped: line 1 of alerts.jsonl, raised of {_wallet}, id {id}, is not sent to 'webhook' again; outbox.json says so\n");
        File.ReadAllText(Path.Combine(files["state"], "outbox.json")).ShouldContain("\"skipped\"");
        (await ConsoleRun.Of("outbox", "skip", files["state"], "webhook", "2")).ShouldFail("there is none to skip");
        (await ConsoleRun.Of("verify", files["state"])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Skip_WhereNoWatchWas_OrWhereOneRuns_IsAnError()
    {
        using Files files = new();
        (await ConsoleRun.Of("outbox", "skip", files["nowhere"], "webhook", "1")).ShouldFail("holds no alerts.jsonl; expected a watch's state folder");
        Directory.Exists(files["nowhere"]).ShouldBeFalse();
        Offer(files["state"]);
        using AlertLog running = AlertLog.Open(files["state"]);
        (await ConsoleRun.Of("outbox", "skip", files["state"], "webhook", "1")).ShouldFail("alerts.jsonl");
    }

    // A watch whose webhook did not take its first alert.
    private static string Offer(string folder)
    {
        using AlertLog log = AlertLog.Open(folder);
        using AlertOutbox outbox = AlertOutbox.Open(log);
        Alert alert = new()
        {
            Reason = AlertReason.FirstWithin,
            List = "ofac-sdn",
            Direction = Direction.Received,
            Wallet = _wallet,
            Hops = 1,
            Path =
            [
                new PathStep
                {
                    From = _listed,
                    To = _wallet,
                    Position = new ChainPosition(Chain.Ethereum, 1, 0),
                    Asset = Asset.Native(Chain.Ethereum),
                    Value = Amount.From(5),
                },
            ],
            Block = new BlockRef(1, "0x01", "0x00", new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)),
            Confirmations = 1,
        };
        log.Append(alert);
        outbox.Next("webhook").ShouldNotBeNull();
        return alert.Id;
    }
}
