using System.Diagnostics;
using System.Text.Json;
using ChainWatch.Graph;
using ChainWatch.TestNodes.Faults;
using ChainWatch.Tests;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>A collection that is killed at any point, and gone on with, gives the same bytes as one that was not.</summary>
public sealed class KillTests(RoninStage stage) : IClassFixture<RoninStage>
{
    private static readonly int Kills = CaseCount.CollectKills;

    [SkippableTheory]
    [InlineData("blocks")]
    [InlineData("addresses")]
    public async Task KilledAtARandomPoint_GoesOnToTheSameBytes(string fetch)
    {
        Address wallet = stage.Play.Cast.Wallet(6);
        using Files undisturbed = new();
        await using FaultProxy proxy = new(stage.Play.Node.Endpoint);
        string[] Ask(Files files, string format) =>
            stage.Ask(undisturbed, wallet, proxy.Endpoint, "--fetch", fetch, "--direction", "both", "--state", files["state"], "--format", format, "--output-graph", files["case.cwg"]);
        ConsoleRun expected = await ConsoleRun.Of(Ask(undisturbed, "json"));
        int requests = proxy.Requests;
        Random random = new(fetch.Length);
        int cutShort = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Files files = new();
            cutShort += await RunAndKillAsync(Ask(files, "json"), proxy, random.Next(1, requests)) ? 1 : 0;
            File.Exists(files["case.cwg"]).ShouldBeFalse("nothing is half-written");
            ConsoleRun run = await ConsoleRun.Of(Ask(files, "json"));

            run.Code.ShouldBe(expected.Code, run.Errors);
            (Body(run) == Body(expected)).ShouldBeTrue($"kill {kill}");
            (Transfers(files["case.cwg"]) == Transfers(undisturbed["case.cwg"])).ShouldBeTrue($"kill {kill}");
        }

        cutShort.ShouldBe(Kills);
    }

    [SkippableFact]
    public async Task Interrupted_SaysWhereWhatWasFetchedIsKept_AndGoesOn()
    {
        Skip.If(OperatingSystem.IsWindows());
        using Files files = new();
        await using FaultProxy proxy = new(stage.Play.Node.Endpoint);
        // Never done by itself: every answer from here on takes a minute.
        string[] args = stage.Ask(files, stage.Play.Cast.Wallet(5), proxy.Endpoint, "--fetch", "blocks", "--state", files["state"]);
        proxy.Inject(Fault.SlowDrip(TimeSpan.FromMinutes(1)).On("eth_getBlockReceipts"));
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ConsoleApp).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        while (proxy.CallsOf("eth_getBlockReceipts") < 1 && !process.HasExited)
        {
            await Task.Delay(1);
        }

        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(1, errors);
        errors.TrimEnd().Split('\n')[^1].ShouldBe($"error: interrupted; what was fetched is kept in {files["state"]}: the same command goes on from there");
        proxy.Clear();
        (await ConsoleRun.Of(args)).Code.ShouldBe(2);
    }

    // SIGKILL, once the endpoint was asked so often.
    private static async Task<bool> RunAndKillAsync(string[] args, FaultProxy proxy, int requests)
    {
        int start = proxy.Requests;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ConsoleApp).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        while (proxy.Requests - start < requests && !process.HasExited)
        {
            await Task.Delay(1);
        }

        bool wasRunning = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return wasRunning;
    }

    private static string Body(ConsoleRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("body").GetRawText();

    private static string Transfers(string file)
    {
        using MemoryStream text = new();
        TransferGraph.Open(file).Chains.Single().WriteTransfers(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
