using ChainWatch.Tests.Graph.Appending;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

/// <summary>Kills, full disks, and what is left of a line.</summary>
public class AlertLogFaultTests
{
    [Fact]
    public void CutAtEveryByteOfTheLastLine_IsRecovered_AndTheAlertGoesInOnce()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = AlertCase.PathIn(folder);
        Append(folder, 1, 2);
        long start = new FileInfo(path).Length;
        Append(folder, 3);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = (int)start; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            if (length % 100 == 0)
            {
                Should.Throw<ChainWatchException>(() => AlertLog.Verify(folder.Path)).Message.ShouldContain($"{path}:3: the last {length - start} bytes are no whole line");
            }

            using (AlertLog log = AlertCase.Open(folder.Path))
            {
                // All but its LF is a line; less is nothing.
                log.Append(AlertCase.Of(3)).ShouldBe(length < whole.Length - 1, $"cut at {length}");
            }

            File.ReadAllBytes(path).AsSpan().SequenceEqual(whole).ShouldBeTrue($"cut at {length}: the same bytes as if nothing had happened");
        }
    }

    [Fact]
    public void GarbageBehindTheLastLine_IsCutOff()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = AlertCase.PathIn(folder);
        Append(folder, 1, 2);
        byte[] whole = File.ReadAllBytes(path);
        foreach (byte[] garbage in new byte[][] { new byte[5_000], [.. Enumerable.Repeat((byte)'x', 900_000)], "{\"number\":3,"u8.ToArray() })
        {
            File.WriteAllBytes(path, [.. whole, .. garbage]);
            AlertCase.Open(folder.Path).Dispose();
            File.ReadAllBytes(path).AsSpan().SequenceEqual(whole).ShouldBeTrue();
        }

        // More than any line has is nothing that a writer left.
        File.WriteAllBytes(path, [.. whole, .. Enumerable.Repeat((byte)'x', 2_000_000)]);
        Should.Throw<ChainWatchException>(() => AlertCase.Open(folder.Path)).Message.ShouldBe($"{path}:3: a line of more than 1 MiB; expected an alert");
    }

    [Fact]
    public void Open_OfALogThatWasEdited_IsRefused_AndChangesNothing()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = AlertCase.PathIn(folder);
        Append(folder, 1, 2, 3);
        byte[] edited = File.ReadAllBytes(path);
        edited[edited.Length / 2] ^= 1;
        File.WriteAllBytes(path, edited);

        Should.Throw<ChainWatchException>(() => AlertCase.Open(folder.Path)).Message.ShouldStartWith($"{path}:2: seal: the line was edited");
        File.ReadAllBytes(path).ShouldBe(edited);
        // Nor is the folder locked.
        File.WriteAllText(path, "");
        AlertCase.Open(folder.Path).Dispose();
    }

    [Fact]
    public void DiskFull_AtAnyByte_IsAnError_AndTheLogGoesOnWhenThereIsRoom()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = AlertCase.PathIn(folder);
        Append(folder, 1);
        FullDisk? disk = null;
        using AlertLog log = AlertCase.Open(folder.Path, inner => disk = new FullDisk(inner));
        for (int n = 2, room = 0; n < 4; room += 97)
        {
            byte[] before = File.ReadAllBytes(path);
            AlertHead head = log.Head;
            disk!.Room = room;
            try
            {
                log.Append(AlertCase.Of(n)).ShouldBeTrue();
                n++;
                room = 0;
            }
            catch (ChainWatchException e)
            {
                e.Message.ShouldBe($"{path}: cannot be written: the disk is full or the file may not be written; what it held before is as it was");
                log.Head.ShouldBe(head);
                log.StateOf(AlertCase.Of(n).Id).ShouldBeNull();
                File.ReadAllBytes(path).AsSpan().SequenceEqual(before).ShouldBeTrue();
            }
        }

        AlertLog.Verify(folder.Path).Head.Number.ShouldBe(3);
    }

    [SkippableFact]
    public async Task DiskFull_OfARealFileSystem_LeavesTheStateIntact_AndGoesOnAfterwards()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        await using SmallDisk disk = await SmallDisk.MountAsync(Path.Combine(folder.Path, "small"), "64k");
        string filler = Path.Combine(disk.Path, "filler");
        using AlertLog log = AlertLog.Open(disk.Path);
        using AlertOutbox outbox = AlertOutbox.Open(log);
        log.Append(AlertCase.Of(1)).ShouldBeTrue();
        outbox.Accept("a sink", outbox.Next("a sink").ShouldNotBeNull());
        Should.Throw<IOException>(() => File.WriteAllBytes(filler, new byte[1 << 17]));

        int written = 1;
        Should.Throw<ChainWatchException>(() =>
        {
            while (written < 1_000 && log.Append(AlertCase.Of(written + 1)))
            {
                written++;
            }
        }).Message.ShouldContain("the disk is full");
        while (outbox.Next("a sink") is LoggedAlert next)
        {
            // One that cannot be written down is known all the same, and none is offered twice.
            Try(() => outbox.Accept("a sink", next));
        }

        AlertLog.Verify(disk.Path).Head.ShouldBe(log.Head);
        log.Head.Number.ShouldBe(written);
        File.Delete(filler);
        log.Append(AlertCase.Of(written + 1)).ShouldBeTrue();
        outbox.Accept("a sink", outbox.Next("a sink").ShouldNotBeNull());
        AlertLog.Verify(disk.Path).Raised.ShouldBe(written + 1);
        outbox.AcceptedBy("a sink").ShouldBe(log.Head);

        static void Try(Action write)
        {
            try
            {
                write();
            }
            catch (ChainWatchException e)
            {
                e.Message.ShouldContain("the disk is full");
            }
        }
    }

    // What a watcher does: it knows which events hold, and appends until the log says so. A kill leaves any part of what was
    // being written, and the watcher begins anew with what the log holds.
    [Fact]
    public void RandomHistories_OfRaisingWithdrawingAndKills_HaveEveryChangeExactlyOnce()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = AlertCase.PathIn(folder);
        int kills = 0;
        for (int history = 0; history < 200; history++)
        {
            Random random = new(history);
            File.Delete(path);
            Dictionary<int, AlertState> holds = [];
            List<(int, AlertState)> expected = [];
            AlertLog log = AlertCase.Open(folder.Path);
            for (int step = 0; step < 10; step++)
            {
                int n = random.Next(4);
                AlertState state = (AlertState)random.Next(2);
                bool isNew = holds.TryGetValue(n, out AlertState last) ? last != state : state == AlertState.Raised;
                long before = new FileInfo(path).Length;
                log.Append(AlertCase.Of(n, state)).ShouldBe(isNew, $"history {history}, step {step}");
                if (isNew)
                {
                    holds[n] = state;
                    expected.Add((n, state));
                }

                if (random.Next(3) == 0)
                {
                    log.Dispose();
                    byte[] after = File.ReadAllBytes(path);
                    File.WriteAllBytes(path, after[..random.Next((int)before, after.Length + 1)]);
                    log = AlertCase.Open(folder.Path);
                    foreach ((int event1, AlertState wanted) in holds)
                    {
                        log.Append(AlertCase.Of(event1, wanted));
                    }

                    kills++;
                }
            }

            log.Dispose();
            AlertLog.Verify(folder.Path).Standing.ShouldBe(holds.Values.Count(s => s == AlertState.Raised));
            Dictionary<string, int> numbers = Enumerable.Range(0, 4).ToDictionary(i => AlertCase.Of(i).Id);
            AlertLog.Read(folder.Path).Select(a => (numbers[a.Alert.Id], a.Alert.State)).ShouldBe(expected, $"history {history}");
        }

        kills.ShouldBeGreaterThan(400);
    }

    private static void Append(TemporaryFolder folder, params int[] events)
    {
        using AlertLog log = AlertCase.Open(folder.Path);
        events.ShouldAllBe(n => log.Append(AlertCase.Of(n)));
    }
}
