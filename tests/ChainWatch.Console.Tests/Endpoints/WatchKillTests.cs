using System.Diagnostics;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Faults;
using ChainWatch.Watching;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>A watch that is killed again and again, while the chain grows and is reorganised, tells each event once, like one that was not.</summary>
public sealed class WatchKillTests
{
    private const int Kills = 20;
    private const int People = 8;
    private static readonly Address Listed = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");

    [SkippableFact]
    public async Task KilledAtRandomPoints_TheAlertsAreThoseOfAnUndisturbedWatch()
    {
        await using Anvil node = await Anvil.StartAsync();
        await using FaultProxy proxy = new(node.Endpoint);
        using Files files = new();
        Random random = new(7);
        await node.SetBalanceAsync(Listed, System.Numerics.BigInteger.Pow(10, 20));
        for (int i = 0; i < People; i++)
        {
            await node.SetBalanceAsync(Person(i), System.Numerics.BigInteger.Pow(10, 20));
        }

        string wallets = files.Write("wallets.txt", [.. Enumerable.Range(4, 4).Select(i => Person(i).ToString())]);
        string[] Watch(string state, params string[] rest) =>
        [
            "watch", "--from", "list:ofac-sdn", "--to", wallets, "--hops", "3", "--no-default-labels", "--alert-value", "ETH=0", "--since", "0",
            "--ethereum", proxy.Endpoint.ToString(), "--state", files[state], "--format", "json", "--max-list-age", "36500", .. rest,
        ];
        int cutShort = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            if (kill % 4 == 3)
            {
                await node.ReorgAsync(random.Next(1, 4));
            }

            for (int block = 0; block < 3; block++)
            {
                await node.SendAsync(random.Next(3) == 0 ? Listed : Person(random.Next(4)), Person(random.Next(People)), random.Next(1, 1000));
                await node.MineAsync();
            }

            cutShort += await RunAndKillAsync(Watch("state", "--interval", "1"), proxy, random.Next(2, 24)) ? 1 : 0;
        }

        cutShort.ShouldBeGreaterThan(Kills / 2);
        ConsoleRun last = await ConsoleRun.Of(Watch("state", "--once"));
        last.Errors.ShouldBeEmpty();
        (await ConsoleRun.Of(Watch("undisturbed", "--once"))).Code.ShouldBe(2);
        string[] expected = Standing(files["undisturbed"]);
        Standing(files["state"]).ShouldBe(expected);
        expected.Length.ShouldBeGreaterThan(4);
        (await ConsoleRun.Of("verify", files["state"])).Code.ShouldBe(0);
        (await ConsoleRun.Of("graph", "verify", Path.Combine(files["state"], Watcher.GraphName))).Code.ShouldBe(0);
    }

    private static Address Person(int i) => Address.Parse($"0x{0xABC000 + i:x40}");

    // The log itself alternates: raised twice without a withdrawal between would be told twice.
    private static string[] Standing(string folder)
    {
        Dictionary<string, Alert> standing = [];
        foreach (Alert alert in AlertLog.Read(folder).Select(l => l.Alert))
        {
            (alert.State == AlertState.Raised ? standing.TryAdd(alert.Id, alert) : standing.Remove(alert.Id)).ShouldBeTrue(alert.Id);
        }

        return [.. standing.Values.Select(a => $"{a.Id} {a.Reason} {a.Hops} {a.Wallet} {a.Block.Height} {a.Block.Hash}").Order(StringComparer.Ordinal)];
    }

    // SIGKILL, once the node was asked so often.
    private static async Task<bool> RunAndKillAsync(string[] args, FaultProxy proxy, int requests)
    {
        int start = proxy.Requests;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ConsoleApp).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Stopwatch clock = Stopwatch.StartNew();
        while (proxy.Requests - start < requests && !process.HasExited && clock.Elapsed < TimeSpan.FromSeconds(3))
        {
            await Task.Delay(1);
        }

        bool wasRunning = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return wasRunning;
    }
}
