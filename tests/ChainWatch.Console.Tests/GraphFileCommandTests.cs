namespace ChainWatch.Console.Tests;

public sealed class GraphFileCommandTests
{
    [Fact]
    public async Task Info_ShowsWhatTheFileHoldsAndWhatTakesHowManyBytes()
    {
        using Files files = new();
        (await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["bybit.cwg"])).Code.ShouldBe(0);
        ConsoleRun run = await ConsoleRun.Of("graph", "info", files["bybit.cwg"]);

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("ethereum: ");
        run.Output.ShouldContain("sources (hot)");
        run.Output.ShouldContain("bytes a movement: 8.00 hot, ");
        run.Output.ShouldContain("declared complete by whoever asked");
        run.Output.ShouldContain("nothing is known to be missing");
    }

    [Fact]
    public async Task Build_WithLittleMemory_WritesTheSameFile_AndNothingBesideIt()
    {
        using Files files = new();
        (await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["one.cwg"])).Code.ShouldBe(0);
        ConsoleRun run = await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["two.cwg"], "--memory", "1kb");

        run.Code.ShouldBe(0, run.Errors);
        (await File.ReadAllBytesAsync(files["two.cwg"])).ShouldBe(await File.ReadAllBytesAsync(files["one.cwg"]));
        Directory.EnumerateFiles(Path.GetDirectoryName(files["one.cwg"])!).Count().ShouldBe(2);
    }

    [Fact]
    public async Task BuildWithIndex_AddsTheIndexAndChangesNoAnswer()
    {
        using Files files = new();
        await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["plain.cwg"]);
        ConsoleRun build = await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["index.cwg"], "--index");
        build.Code.ShouldBe(0, build.Errors);

        ConsoleRun info = await ConsoleRun.Of("graph", "info", files["index.cwg"]);
        foreach (string section in new[] { "forward-starts", "forward-entries", "backward-starts", "backward-entries" })
        {
            info.Output.ShouldContain(section);
            (await ConsoleRun.Of("graph", "info", files["plain.cwg"])).Output.ShouldNotContain(section);
        }

        (await ConsoleRun.Of("graph", "verify", files["index.cwg"])).Code.ShouldBe(0);
        string[] question = ["trace", "--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "--hops", "5", "--format", "csv", "--graph"];
        (await ConsoleRun.Of([.. question, files["index.cwg"]])).Output.ShouldBe((await ConsoleRun.Of([.. question, files["plain.cwg"]])).Output);
    }

    [Fact]
    public async Task Verify_FindsAChangedByte_AndATraceDoesNotRestOnIt()
    {
        using Files files = new();
        await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["bybit.cwg"]);
        ConsoleRun whole = await ConsoleRun.Of("graph", "verify", files["bybit.cwg"]);
        whole.Code.ShouldBe(0, whole.Errors);
        whole.Output.ShouldContain("as it was written, and in order");

        byte[] bytes = await File.ReadAllBytesAsync(files["bybit.cwg"]);
        int hot = 64 + (2 * 4096);
        bytes[hot] ^= 0x10;
        await File.WriteAllBytesAsync(files["changed.cwg"], bytes);
        string line = $"{files["changed.cwg"]}: the graph file was changed after it was written: the checksum of bytes {hot} to {hot + 4095} does not match; expected it as it was written";
        (await ConsoleRun.Of("graph", "verify", files["changed.cwg"])).ShouldFailWith(line);
        (await ConsoleRun.Of("trace", "--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "--hops", "5", "--graph", files["changed.cwg"])).ShouldFailWith(line);
    }

    [Fact]
    public async Task AnUnfinishedEnd_IsAnErrorOfVerify_AndAGapOfATrace()
    {
        using Files files = new();
        await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["bybit.cwg"]);
        await File.WriteAllBytesAsync(files["more.cwg"], [.. await File.ReadAllBytesAsync(files["bybit.cwg"]), 1, 2, 3]);

        (await ConsoleRun.Of("graph", "verify", files["more.cwg"])).ShouldFail("the last 3 bytes", "are no finished part");
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "--hops", "5", "--graph", files["more.cwg"]);
        run.Output.ShouldContain("the last 3 bytes are no finished part");
        run.Output.ShouldContain("incomplete: the numbers of hops are \"at most\"");
    }

    [Fact]
    public async Task Append_AddsLaterBlocks_AndTheAnswersAreThoseOfAFileBuiltAtOnce()
    {
        using Files files = new();
        string[] lines = await File.ReadAllLinesAsync(Files.Bybit);
        int block = Array.IndexOf(lines[0].Split(','), "block");
        string[] rows = [.. lines.Skip(1).OrderBy(l => long.Parse(l.Split(',')[block], System.Globalization.CultureInfo.InvariantCulture))];
        string middle = rows[rows.Length / 2].Split(',')[block];
        int split = Array.FindIndex(rows, r => r.Split(',')[block] == middle);
        string older = files.Write("older.csv", [lines[0], .. rows[..split]]);
        string newer = files.Write("newer.csv", [lines[0], .. rows[split..]]);
        (await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--complete", "--output", files["whole.cwg"])).Code.ShouldBe(0);
        (await ConsoleRun.Of("graph", "build", "--transfers", older, "--complete", "--output", files["case.cwg"])).Code.ShouldBe(0);

        ConsoleRun run = await ConsoleRun.Of("graph", "append", files["case.cwg"], "--transfers", newer, "--complete");
        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldContain(" movements appended; ");
        (await ConsoleRun.Of("graph", "verify", files["case.cwg"])).Code.ShouldBe(0);
        ConsoleRun info = await ConsoleRun.Of("graph", "info", files["case.cwg"]);
        info.Output.ShouldContain("appended: 1 part of ");
        string[] ask = ["trace", "--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "--hops", "5", "--format", "csv", "--graph"];
        ConsoleRun expected = await ConsoleRun.Of([.. ask, files["whole.cwg"]]);
        expected.Code.ShouldBe(2, expected.Errors);
        (await ConsoleRun.Of([.. ask, files["case.cwg"]])).Output.ShouldBe(expected.Output);

        (await ConsoleRun.Of("graph", "append", files["case.cwg"], "--transfers", newer, "--complete")).ShouldFail("which ", "expected a block above it");
        (await ConsoleRun.Of("graph", "build", "--graph", files["case.cwg"], "--output", files["compact.cwg"])).Code.ShouldBe(0);
        (await ConsoleRun.Of([.. ask, files["compact.cwg"]])).Output.ShouldBe(expected.Output);
        ConsoleRun compact = await ConsoleRun.Of("graph", "info", files["compact.cwg"]);
        compact.Output.ShouldNotContain("appended");
        (await ConsoleRun.Of("graph", "append", files["nowhere.cwg"], "--transfers", newer)).ShouldFailWith($"{files["nowhere.cwg"]}: there is no such file");
    }
}
