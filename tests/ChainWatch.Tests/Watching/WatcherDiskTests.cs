using ChainWatch.Graph;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

public sealed class WatcherDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-disk").FullName;
    private readonly WatchCase _case = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task CatchUp_DiskFull_TellsSoAndGoesOnWhenThereIsRoom()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(Path.Combine(_folder, "small"), "4m");
        string state = Path.Combine(disk.Path, "state");
        string filler = Path.Combine(disk.Path, "filler");
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        WatchRequest request = WatchCase.Request([1], [5, 6, 7, 8, 9]);
        List<string> problems = [];
        using (Watcher watcher = Watcher.Open(state, request, [chain]))
        {
            // Room for a few blocks and a few alerts: what comes to its end first differs from round to round.
            for (int round = 0; round < 12; round++)
            {
                await watcher.CatchUpAsync();
                using (FileStream file = new(filler, FileMode.Create))
                {
                    Should.Throw<IOException>(() => file.Write(new byte[1 << 23]));
                    file.SetLength(Math.Max(0, file.Length - (4096 * (round % 6))));
                }

                for (int block = 0; block < 12; block++)
                {
                    chain.Mine(Enumerable.Range(0, 8).Select(i => _case.Pay(i % 3 == 0 ? 1 : 2 + i, 2 + ((i + block + round) % 8), 50 + (10 * i))));
                }

                if (round % 3 == 2)
                {
                    chain.Reorganise(2);
                    chain.Mine();
                }

                problems.Add(await ProblemAsync(watcher));
                problems.Add(await ProblemAsync(watcher));
                AlertLog.Verify(state).ShouldNotBeNull();
                TransferGraph.Verify(Path.Combine(state, Watcher.GraphName));
                File.Delete(filler);
            }

            for (int i = 0; i < 4; i++)
            {
                chain.Mine();
            }

            await watcher.CatchUpAsync();
        }

        problems.ShouldAllBe(p => p == "" || (p.StartsWith(state, StringComparison.Ordinal) && p.Contains("the disk is full", StringComparison.Ordinal)));
        problems.Count(p => p.Length > 0).ShouldBeGreaterThan(10);
        string undisturbed = Path.Combine(_folder, "undisturbed");
        using (Watcher watcher = Watcher.Open(undisturbed, request, [chain]))
        {
            await watcher.CatchUpAsync();
        }

        WatchCase.Standing(state, out _).Keys.ShouldBe(WatchCase.Standing(undisturbed, out _).Keys, ignoreOrder: true);
    }

    private static async Task<string> ProblemAsync(Watcher watcher)
    {
        try
        {
            await watcher.CatchUpAsync();
            return "";
        }
        catch (ChainWatchException e)
        {
            return e.Message;
        }
    }
}
