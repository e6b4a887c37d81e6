using System.Diagnostics;

namespace ChainWatch.Console.Tests;

public sealed class OutputFileTests : IDisposable
{
    private const string Seed = "0x1111111111111111111111111111111111111111";
    private const string Wallet = "0x2222222222222222222222222222222222222222";
    private readonly Files _files = new();
    private readonly string _transfers;

    public OutputFileTests() => _transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 5));

    [SkippableFact]
    public async Task Fifo_IsNotReplaced()
    {
        Skip.If(OperatingSystem.IsWindows());
        using (Process mkfifo = Process.Start("mkfifo", _files["pipe"]))
        {
            await mkfifo.WaitForExitAsync();
        }

        File.CreateSymbolicLink(_files["link"], _files["pipe"]);
        foreach (string name in new[] { "pipe", "link" })
        {
            (await Trace("--output", _files[name])).ShouldFail($"{name}: cannot be written: exists and is no regular file");
        }

        new FileInfo(_files["link"]).LinkTarget.ShouldBe(_files["pipe"]);
        FileNames().ShouldBe(["link", "pipe", "t.csv"]);
    }

    [Fact]
    public async Task Folder_OrLinkToOne_IsNotReplaced()
    {
        Directory.CreateDirectory(_files["folder"]);
        File.CreateSymbolicLink(_files["link"], _files["folder"]);
        foreach (string name in new[] { "folder", "link", "new/" })
        {
            (await Trace("--output", _files[name])).ShouldFail($"{name}: cannot be written: is a folder");
        }
    }

    [Fact]
    public async Task LinkToAFile_TheFileIsReplacedAndTheLinkStays()
    {
        _files.Write("old.csv", "old");
        File.CreateSymbolicLink(_files["link"], "old.csv");
        (await Trace("--output", _files["link"], "--format", "csv")).Code.ShouldBe(2);
        File.ReadAllText(_files["old.csv"]).ShouldStartWith("list,direction,");
        new FileInfo(_files["link"]).LinkTarget.ShouldBe("old.csv");
    }

    [Fact]
    public async Task EmptyFile_IsReplaced()
    {
        File.WriteAllText(_files["empty"], "");
        (await Trace("--output", _files["empty"])).Code.ShouldBe(2);
        File.ReadAllText(_files["empty"]).ShouldContain("within 2 hops");
    }

    [Theory]
    [InlineData("none/answer.txt", "there is no folder")]
    [InlineData("t.csv/answer.txt", "is a file; expected a folder")]
    public async Task FolderThatTakesNoFile_ToldBeforeTheTransfersAreRead(string name, string expected)
    {
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", Seed, "--hops", "2", "--transfers", "no-such-file.csv", "--output", _files[name]);
        run.ShouldFail($"{name}: cannot be written", expected);
        run.Errors.ShouldNotContain("Could not find");
        FileNames().ShouldBe(["t.csv"]);
    }

    [Fact]
    public async Task InputFile_UnderAnyOfItsNames_IsNotReplaced()
    {
        string seeds = _files.Write("seeds.txt", Seed);
        string wallets = _files.Write("wallets.txt", Wallet);
        string stops = _files.Write("stops.csv", "chain,address,category,name,source", $"ethereum,{Wallet},mixer,Blender,test");
        Directory.CreateSymbolicLink(_files["same"], Path.GetDirectoryName(_transfers)!);
        string[] before = [.. new[] { _transfers, seeds, wallets, stops }.Select(File.ReadAllText)];
        foreach (string name in new[] { "t.csv", "./seeds.txt", "wallets.txt", "stops.csv", "same/t.csv" })
        {
            ConsoleRun run = await ConsoleRun.Of("trace", "--from", seeds, "--to", wallets, "--hops", "2", "--transfers", _transfers, "--stop-at", stops, "--output", _files[name]);
            run.ShouldFail("--output is the input file");
        }

        new[] { _transfers, seeds, wallets, stops }.Select(File.ReadAllText).ShouldBe(before);
    }

    [Fact]
    public async Task FileOfTheListsAsked_IsNotReplaced()
    {
        Directory.CreateDirectory(_files["lists/ofac-sdn"]);
        foreach (string file in Directory.GetFiles(Path.Combine(Files.Lists, "ofac-sdn")))
        {
            File.Copy(file, _files[$"lists/ofac-sdn/{Path.GetFileName(file)}"]);
        }

        (await Trace("--lists", _files["lists"], "--output", _files["lists/ofac-sdn/addresses.csv"])).ShouldFail("--output is the input file");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Sources_WritesTheSameAsToStdout(string format)
    {
        string[] question = ["sources", "--to", Wallet, "--hops", "1", "--transfers", _transfers, "--format", format];
        ConsoleRun direct = await ConsoleRun.Of(question);
        ConsoleRun toFile = await ConsoleRun.Of([.. question, "--output", _files["answer"]]);
        toFile.Code.ShouldBe(direct.Code);
        toFile.Output.ShouldBeEmpty();
        File.ReadAllText(_files["answer"]).ShouldBe(direct.Output);
        direct.Output.Length.ShouldBeGreaterThan(50);
    }

    public void Dispose() => _files.Dispose();

    private IEnumerable<string?> FileNames() => Directory.GetFileSystemEntries(Path.GetDirectoryName(_transfers)!).Select(Path.GetFileName).Order();

    private Task<ConsoleRun> Trace(params string[] more) => ConsoleRun.Of(["trace", "--from", Seed, "--hops", "2", "--transfers", _transfers, .. more]);
}
