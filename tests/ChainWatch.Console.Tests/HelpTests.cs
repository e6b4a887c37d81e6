namespace ChainWatch.Console.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData]
    [InlineData("screen")]
    [InlineData("trace")]
    [InlineData("sources")]
    [InlineData("graph", "build")]
    [InlineData("graph", "append")]
    [InlineData("graph", "info")]
    [InlineData("graph", "verify")]
    [InlineData("watch")]
    [InlineData("outbox", "skip")]
    [InlineData("bundle")]
    [InlineData("verify")]
    [InlineData("lists", "show")]
    [InlineData("lists", "verify")]
    [InlineData("lists", "diff")]
    [InlineData("lists", "update", "ofac")]
    [InlineData("lists", "import", "ofac")]
    [InlineData("lists", "import", "csv")]
    public async Task Help_EveryCommand_HasAnExample(params string[] command)
    {
        ConsoleRun run = await ConsoleRun.Of([.. command, "--help"]);

        run.Code.ShouldBe(0);
        run.Errors.ShouldBeEmpty();
        run.Output.ShouldContain("Example:");
        run.Output.ShouldContain($"chainwatch {string.Join(' ', command)}".Trim());
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        ConsoleRun run = await ConsoleRun.Of("--version");

        run.Code.ShouldBe(0);
        run.Output.ShouldStartWith("0.1.0");
    }
}
