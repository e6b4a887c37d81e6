using System.Text.Json;

namespace ChainWatch.Console.Tests;

/// <summary>Many addresses at once: a line for each, in a file that a later run goes on with.</summary>
public sealed class BatchTests
{
    private const string Lazarus = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task Screen_OutputFile_HoldsWhatStdoutWouldShow(string format)
    {
        using Files files = new();
        string customers = WriteCustomers(files, 250);
        ConsoleRun printed = await ConsoleRun.Of("screen", "--file", customers, "--format", format);
        printed.Code.ShouldBe(2);
        ConsoleRun written = await ConsoleRun.Of("screen", "--file", customers, "--format", format, "--output", files["out"]);
        written.Code.ShouldBe(2);
        written.Output.ShouldBeEmpty();
        (await File.ReadAllTextAsync(files["out"])).ShouldBe(printed.Output);
        ConsoleRun resumed = await ConsoleRun.Of("screen", "--file", customers, "--format", format, "--output", files["resumed"], "--resume");
        resumed.Code.ShouldBe(2);
        (await File.ReadAllTextAsync(files["resumed"])).ShouldBe(printed.Output);
        Directory.GetFiles(files[""]).Select(Path.GetFileName).ShouldBe(["customers.csv", "out", "resumed"], ignoreOrder: true);
    }

    // An earlier run ended anywhere: some rows saved, some written behind them and cut.
    [Theory]
    [InlineData("csv", 0)]
    [InlineData("csv", 100)]
    [InlineData("jsonl", 249)]
    public async Task Screen_Resume_GoesOnBehindWhatIsWholeToTheSameBytes(string format, int done)
    {
        using Files files = new();
        string customers = WriteCustomers(files, 250);
        string[] arguments = ["screen", "--file", customers, "--format", format, "--output", files["out"], "--resume"];
        await ConsoleRun.Of(arguments);
        string whole = await File.ReadAllTextAsync(files["out"]);
        string[] lines = whole.Split('\n');
        int header = format == "csv" ? 1 : 0;

        // The rows of the first customers: each has one, but the listed one, who comes last.
        string saved = done == 0 ? "" : string.Join('\n', lines[..(header + done)]) + "\n";
        Interrupt(files, customers, format, done, saved, whole[saved.Length..(saved.Length + 17)]);
        ConsoleRun run = await ConsoleRun.Of(arguments);
        run.Code.ShouldBe(2);
        (await File.ReadAllTextAsync(files["out"])).ShouldBe(whole);
        if (done > 0)
        {
            run.Errors.ShouldContain($"going on behind {done} of 250 addresses");
        }
    }

    [Fact]
    public async Task Screen_ResumeOfAnotherQuestion_IsRefused()
    {
        using Files files = new();
        string customers = WriteCustomers(files, 5);
        Interrupt(files, customers, "csv", 2, "address,chain\n", "");
        string state = await File.ReadAllTextAsync(files["out.part.json"]);
        await File.WriteAllTextAsync(files["out.part.json"], state);
        WriteCustomers(files, 6);
        (await ConsoleRun.Of("screen", "--file", customers, "--format", "csv", "--output", files["out"], "--resume")).ShouldFail("out.part.json", "another question");
        (await File.ReadAllTextAsync(files["out.part.json"])).ShouldBe(state);

        await File.WriteAllTextAsync(files["out.part.json"], "{");
        (await ConsoleRun.Of("screen", "--file", customers, "--format", "csv", "--output", files["out"], "--resume")).ShouldFail("out.part.json", "delete it");
        File.Exists(files["out"]).ShouldBeFalse();
    }

    // Killed between taking its name and forgetting what it kept.
    [Fact]
    public async Task Screen_ResumeOfAFinishedAnswer_BeginsAnew()
    {
        using Files files = new();
        string customers = WriteCustomers(files, 5);
        Interrupt(files, customers, "csv", 2, "address,chain\n", "");
        File.Move(files["out.part"], files["out"]);
        (await ConsoleRun.Of("screen", "--file", customers, "--format", "csv", "--output", files["out"], "--resume")).Code.ShouldBe(2);
        (await File.ReadAllTextAsync(files["out"])).ShouldBe((await ConsoleRun.Of("screen", "--file", customers, "--format", "csv")).Output);
        Directory.GetFiles(files[""]).Select(Path.GetFileName).ShouldBe(["customers.csv", "out"], ignoreOrder: true);
    }

    [Fact]
    public async Task Screen_ResumeOntoFilesOfOthers_LeavesThemAsTheyAre()
    {
        using Files files = new();
        string input = files.Write("a.csv.part", "address", Lazarus);
        (await ConsoleRun.Of("screen", "--file", input, "--format", "csv", "--output", files["a.csv"], "--resume")).ShouldFail("is the file of addresses");
        (await ConsoleRun.Of("screen", "--file", WriteCustomers(files, 5), "--format", "csv", "--output", files["a.csv"], "--resume")).ShouldFail("a.csv.part", "is there without a.csv.part.json");
        (await File.ReadAllTextAsync(input)).ShouldBe($"address\n{Lazarus}\n");
    }

    [Fact]
    public async Task Screen_ResumeWithoutAFileOfRows_SaysWhatIsMissing()
    {
        using Files files = new();
        string customers = WriteCustomers(files, 5);
        foreach (string[] arguments in new string[][] { ["--file", customers, "--format", "csv"], ["--file", customers, "--output", files["out"]], [Lazarus, "--format", "csv", "--output", files["out"]] })
        {
            (await ConsoleRun.Of(["screen", .. arguments, "--resume"])).ShouldFail("expected --file, --output, and --format csv or jsonl");
        }
    }

    [Fact]
    public async Task Screen_BadRowInTheFile_LeavesNoAnswer()
    {
        using Files files = new();
        string customers = files.Write("customers.csv", "address", Lazarus, "nonsense");
        (await ConsoleRun.Of("screen", "--file", customers, "--format", "csv", "--output", files["out"], "--resume")).ShouldFail("customers.csv:3");
        Directory.GetFiles(files[""]).Select(Path.GetFileName).ShouldBe(["customers.csv"]);
    }

    [Fact]
    public async Task Trace_JsonLines_HaveALineForEveryWalletWithItsReference()
    {
        using Files files = new();
        string wallets = files.Write(
            "wallets.csv",
            "ref,address",
            "near,0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44",
            "far,0x00000000219ab540356cBB839Cbe05303d7705Fa");
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", "list:ofac-sdn/Lazarus Group", "--hops", "2", "--transfers", Files.Ronin, "--to", wallets, "--format", "jsonl");
        run.Code.ShouldBe(2);
        JsonElement[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        lines.Select(l => (l.GetProperty("ref").GetString(), l.GetProperty("verdict").GetString())).ShouldBe([("far", "Incomplete"), ("near", "Exposed")], ignoreOrder: true);
        JsonElement near = lines.Single(l => l.GetProperty("ref").GetString() == "near");
        near.GetProperty("address").GetString().ShouldBe("eip155:1:0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44");
        near.GetProperty("hops").GetInt32().ShouldBe(1);
        near.GetProperty("at_most").GetBoolean().ShouldBeTrue();
        near.GetProperty("arrival_time").GetString().ShouldBe("2022-05-03T07:15:20Z");
        JsonElement far = lines.Single(l => l.GetProperty("ref").GetString() == "far");
        far.GetProperty("hops").ValueKind.ShouldBe(JsonValueKind.Null);
        far.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Trace_JsonLinesWithoutWallets_HaveALineForEachRowOfTheCsv()
    {
        string[] arguments = ["trace", "--from", "list:ofac-sdn/Lazarus Group", "--hops", "2", "--transfers", Files.Ronin, "--format"];
        ConsoleRun csv = await ConsoleRun.Of([.. arguments, "csv"]);
        ConsoleRun jsonl = await ConsoleRun.Of([.. arguments, "jsonl"]);
        jsonl.Output.ShouldContain("\"verdict\":null");
        jsonl.Errors.ShouldContain("warning: incomplete: ");
        jsonl.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .Select(l => (l.GetProperty("address").GetString()!.Split(':')[^1], l.GetProperty("hops").GetInt32()))
            .ShouldBe(csv.Rows().Select(r => (r["address"], int.Parse(r["hops"], System.Globalization.CultureInfo.InvariantCulture))));
    }

    // All but the last are nobody's; the last is listed.
    private static string WriteCustomers(Files files, int count) => files.Write(
        "customers.csv",
        ["ref,address", .. Enumerable.Range(1, count - 1).Select(i => $"c{i},0x{i:x40}"), $"c{count},{Lazarus}"]);

    // What a run that was killed leaves: rows that were saved, and some behind them that were not.
    private static void Interrupt(Files files, string customers, string format, int rows, string saved, string behind)
    {
        using Terminal terminal = new(Stream.Null, TextWriter.Null, TimeProvider.System);
        string question = new Commands.ScreenBatch(terminal, new Printing.Screen.ScreenRun(Lists.ListSet.Embedded, null, []), format, CancellationToken.None).Question(customers);
        File.Delete(files["out"]);
        using BatchFile batch = BatchFile.Open(files["out"], question, customers);
        batch.Stream.Write(System.Text.Encoding.UTF8.GetBytes(saved));
        batch.Save(rows, mark: false);
        batch.Stream.Write(System.Text.Encoding.UTF8.GetBytes(behind));
    }
}
