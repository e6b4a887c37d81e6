using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

public class AlertOutboxTests
{
    [Fact]
    public void Next_GivesEverySinkEveryAlertInOrder_AcrossRestarts()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        List<long> fast = [];
        List<long> slow = [];
        for (int round = 0; round < 6; round++)
        {
            using AlertLog log = AlertCase.Open(folder.Path);
            using AlertOutbox outbox = AlertOutbox.Open(log);
            for (int i = 0; i < 3; i++)
            {
                log.Append(AlertCase.Of((3 * round) + i)).ShouldBeTrue();
            }

            Take(outbox, "fast", fast, int.MaxValue);
            outbox.Next("fast").ShouldBeNull();
            Take(outbox, "slow", slow, 1);
            outbox.Next("slow").ShouldNotBeNull().Number.ShouldBe(slow.Count + 1);
            outbox.Next("slow").ShouldNotBeNull().Number.ShouldBe(slow.Count + 1, "asked again, the same");
            outbox.AcceptedBy("never asked").ShouldBe(AlertHead.Empty);
        }

        fast.ShouldBe(Enumerable.Range(1, 18).Select(n => (long)n));
        slow.ShouldBe(Enumerable.Range(1, 6).Select(n => (long)n));
    }

    [Fact]
    public void Accept_OfAnotherThanTheNext_IsRefused()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using AlertLog log = AlertCase.Open(folder.Path);
        using AlertOutbox outbox = AlertOutbox.Open(log);
        log.Append(AlertCase.Of(1));
        log.Append(AlertCase.Of(2));
        LoggedAlert[] alerts = [.. AlertLog.Read(folder.Path)];

        Should.Throw<ArgumentException>(() => outbox.Accept("a", alerts[0]));
        outbox.Next("a");
        Should.Throw<ArgumentException>(() => outbox.Accept("a", alerts[1]));
        outbox.Accept("a", alerts[0]);
        outbox.Accept("a", alerts[0]);
        outbox.AcceptedBy("a").ShouldBe(alerts[0].Head);
    }

    [Fact]
    public void Accept_ThatCannotBeWritten_IsKnown_AndIsWrittenWhenAskedAgain()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string blocked = Path.Combine(folder.Path, "outbox.json.tmp");
        LoggedAlert alert;
        using (AlertLog log = AlertCase.Open(folder.Path))
        {
            using AlertOutbox outbox = AlertOutbox.Open(log);
            log.Append(AlertCase.Of(1));
            alert = outbox.Next("a").ShouldNotBeNull();
            Directory.CreateDirectory(blocked);
            Should.Throw<ChainWatchException>(() => outbox.Accept("a", alert)).Message.ShouldContain("outbox.json: cannot be written");
            outbox.Next("a").ShouldBeNull();
            Directory.Delete(blocked);
            outbox.Accept("a", alert);
        }

        using AlertLog again = AlertCase.Open(folder.Path);
        using AlertOutbox reopened = AlertOutbox.Open(again);
        reopened.AcceptedBy("a").ShouldBe(alert.Head);
        reopened.Next("a").ShouldBeNull();
    }

    [Fact]
    public void Open_AfterAKillWhileItWasWritten_HasTheLastWholeState()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        List<long> taken = [];
        using (AlertLog log = AlertCase.Open(folder.Path))
        {
            using AlertOutbox outbox = AlertOutbox.Open(log);
            log.Append(AlertCase.Of(1));
            log.Append(AlertCase.Of(2));
            Take(outbox, "a", taken, 1);
        }

        folder.Write("outbox.json.tmp", "{\"sinks\":[{\"na");
        using AlertLog again = AlertCase.Open(folder.Path);
        using AlertOutbox reopened = AlertOutbox.Open(again);
        Take(reopened, "a", taken, int.MaxValue);
        taken.ShouldBe([1, 2]);
        File.Exists(Path.Combine(folder.Path, "outbox.json.tmp")).ShouldBeFalse();
    }

    [Fact]
    public void Open_WhereTheLogLostWhatWasAccepted_IsRefused()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using (AlertLog log = AlertCase.Open(folder.Path))
        {
            using AlertOutbox outbox = AlertOutbox.Open(log);
            log.Append(AlertCase.Of(1));
            log.Append(AlertCase.Of(2));
            Take(outbox, "a", [], int.MaxValue);
        }

        string path = AlertCase.PathIn(folder);
        string[] lines = File.ReadAllLines(path);
        File.WriteAllText(path, lines[0] + "\n");
        using AlertLog cut = AlertCase.Open(folder.Path);
        Should.Throw<ChainWatchException>(() => AlertOutbox.Open(cut)).Message.ShouldContain("lines were removed at its end, or it was written anew");

        // A new line in the place of the one that was cut off is another line.
        cut.Append(AlertCase.Of(3));
        Should.Throw<ChainWatchException>(() => AlertOutbox.Open(cut)).Message.ShouldStartWith($"{Path.Combine(folder.Path, "outbox.json")}: a: accepted 2:");
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{\"sinks\":[", "not valid JSON")]
    [InlineData("{}", "sinks: is missing")]
    [InlineData("{\"sinks\":[{\"name\":\"a\"}]}", "accepted: is missing")]
    [InlineData("{\"sinks\":[{\"name\":\"a\",\"accepted\":\"5\"}]}", "accepted: '5': expected NUMBER:SHA256")]
    public void Open_OfADamagedFile_IsAnErrorThatNamesIt(string contents, string problem)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("outbox.json", contents);
        using AlertLog log = AlertCase.Open(folder.Path);
        Should.Throw<ChainWatchException>(() => AlertOutbox.Open(log)).Message.ShouldStartWith($"{path}: {problem}");
    }

    [Fact]
    public void Skip_OfTheNextLine_GoesOnBehindIt_AndIsKept()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        List<long> taken = [];
        using (AlertLog log = AlertCase.Open(folder.Path))
        {
            using AlertOutbox outbox = AlertOutbox.Open(log);
            for (int i = 0; i < 4; i++)
            {
                log.Append(AlertCase.Of(i)).ShouldBeTrue();
            }

            Take(outbox, "a", taken, 1);
            Take(outbox, "b", [], 1);
        }

        LoggedAlert second = AlertLog.Read(folder.Path).ElementAt(1);
        using (AlertLog log = AlertCase.Open(folder.Path))
        {
            using AlertOutbox outbox = AlertOutbox.Open(log);
            Should.Throw<ChainWatchException>(() => outbox.Skip("a", 3)).Message.ShouldEndWith("outbox.json: a: line 3; expected 2, the first that it has not accepted");
            Should.Throw<ChainWatchException>(() => outbox.Skip("c", 2)).Message.ShouldEndWith("outbox.json: no sink 'c'; expected one of 'a', 'b'");
            outbox.Skip("a", 2).Head.ShouldBe(second.Head);
            Should.Throw<ChainWatchException>(() => outbox.Skip("a", 2)).Message.ShouldContain("expected 3");
        }

        using AlertLog again = AlertCase.Open(folder.Path);
        using AlertOutbox reopened = AlertOutbox.Open(again);
        Take(reopened, "a", taken, int.MaxValue);
        taken.ShouldBe([1, 3, 4]);
        reopened.SkippedBy("a").ShouldBe([second.Head]);
        reopened.SkippedBy("b").ShouldBeEmpty();
        File.ReadAllText(Path.Combine(folder.Path, "outbox.json")).ShouldContain($"\"skipped\":[{{\"line\":\"{second.Head}\"}}]");
        Should.Throw<ChainWatchException>(() => reopened.Skip("a", 5)).Message.ShouldContain("there is none to skip");
    }

    [Fact]
    public void Skip_ThatCannotBeWritten_SkipsNothing()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using AlertLog log = AlertCase.Open(folder.Path);
        using AlertOutbox outbox = AlertOutbox.Open(log);
        log.Append(AlertCase.Of(1));
        outbox.Next("a").ShouldNotBeNull();
        Directory.CreateDirectory(Path.Combine(folder.Path, "outbox.json.tmp"));
        Should.Throw<ChainWatchException>(() => outbox.Skip("a", 1));
        outbox.Next("a").ShouldNotBeNull().Number.ShouldBe(1);
        outbox.SkippedBy("a").ShouldBeEmpty();
    }

    private static void Take(AlertOutbox outbox, string sink, List<long> taken, int count)
    {
        for (int i = 0; i < count && outbox.Next(sink) is LoggedAlert alert; i++)
        {
            outbox.Accept(sink, alert);
            taken.Add(alert.Number);
        }
    }
}
