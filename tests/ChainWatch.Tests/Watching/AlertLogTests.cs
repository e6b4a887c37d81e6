using System.Security.Cryptography;
using ChainWatch.Labels;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

public class AlertLogTests
{
    [Fact]
    public void Append_ReopenedAndRead_GivesTheSameAlerts()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Alert[] alerts = [AlertCase.Of(1), AlertCase.OnBitcoin, AlertCase.Of(1, AlertState.Withdrawn), AlertCase.Of(2)];
        AlertHead head;
        using (AlertLog log = AlertLog.Open(Path.Combine(folder.Path, "state")))
        {
            log.Head.ShouldBe(AlertHead.Empty);
            alerts.ShouldAllBe(a => log.Append(a));
            head = log.Head;
        }

        LoggedAlert[] read = [.. AlertLog.Read(Path.Combine(folder.Path, "state"))];
        read.Select(a => a.Number).ShouldBe([1, 2, 3, 4]);
        read.Select(a => System.Text.Encoding.UTF8.GetString(a.Alert.ToJson())).ShouldBe(alerts.Select(a => System.Text.Encoding.UTF8.GetString(a.ToJson())));
        read.Select(a => a.Json.ToArray()).ShouldBe(alerts.Select(a => a.ToJson()));
        using AlertLog again = AlertLog.Open(Path.Combine(folder.Path, "state"));
        again.Head.ShouldBe(head);
        again.StateOf(alerts[0].Id).ShouldBe(AlertState.Withdrawn);
        again.StateOf(alerts[3].Id).ShouldBe(AlertState.Raised);
        again.StateOf(AlertCase.Of(5).Id).ShouldBeNull();
        AlertLog.Verify(again.Folder).ShouldBe(new AlertLogSummary(head, 3, 1, 0, 2));
    }

    [Fact]
    public void Append_TheSameEventInTheSameState_IsWrittenOnce()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using AlertLog log = AlertCase.Open(folder.Path);
        log.Append(AlertCase.Of(1, AlertState.Withdrawn)).ShouldBeFalse("it was never raised");
        log.Append(AlertCase.Of(1)).ShouldBeTrue();
        log.Append(AlertCase.Of(1) with { Confirmations = 9 }).ShouldBeFalse();
        log.Append(AlertCase.Of(1, AlertState.Withdrawn)).ShouldBeTrue();
        log.Append(AlertCase.Of(1, AlertState.Withdrawn)).ShouldBeFalse();
        log.Append(AlertCase.Of(1)).ShouldBeTrue("the chain was reorganised back");

        AlertLog.Read(folder.Path).Select(a => a.Alert.State).ShouldBe([AlertState.Raised, AlertState.Withdrawn, AlertState.Raised]);
    }

    [Fact]
    public void Lines_AreChainedAsTheDocumentSays()
    {
        using TemporaryFolder folder = Written(3, out AlertHead head);
        string[] lines = File.ReadAllLines(AlertCase.PathIn(folder));

        lines[0].ShouldStartWith($"{{\"number\":1,\"prev\":\"{new string('0', 64)}\",\"alert\":{{\"schema_version\":1,\"id\":\"{AlertCase.Of(1).Id}\",");
        lines[1].ShouldStartWith($"{{\"number\":2,\"prev\":\"{Sha256(lines[0] + "\n")}\",");
        lines[2].ShouldStartWith($"{{\"number\":3,\"prev\":\"{Sha256(lines[1] + "\n")}\",");
        head.ShouldBe(new AlertHead(3, Sha256(lines[2] + "\n")));
        int seal = lines[2].IndexOf(",\"seal\":", StringComparison.Ordinal);
        lines[2][seal..].ShouldBe($",\"seal\":\"{Sha256(lines[2][..seal])}\"}}");
    }

    [Fact]
    public void Append_WithATokenList_NamesTheTokens()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        TokenList tokens = ChainWatch.Lists.ListSet.Embedded.TokenLists[0];
        Asset token = Asset.Token(tokens.Tokens.First(t => t.Contract.Chain == Chain.Ethereum).Contract);
        Alert alert = AlertCase.Of(1) with { Path = [AlertCase.Step(1) with { Asset = token }] };
        using (AlertLog log = AlertLog.Open(folder.Path, tokens))
        {
            log.Append(alert).ShouldBeTrue();
        }

        LoggedAlert read = AlertLog.Read(folder.Path).Single();
        System.Text.Encoding.UTF8.GetString(read.Json.Span).ShouldContain($"\"symbol\":\"{tokens.Find(token)!.Symbol}\"");
        read.Alert.Path.ShouldBe(alert.Path);
    }

    [Fact]
    public void Open_WhileAnotherWrites_IsRefused_AndReadingIsNot()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using AlertLog log = AlertCase.Open(folder.Path);
        using AlertLogReader reader = AlertLogReader.Open(folder.Path);
        reader.TryRead(out _).ShouldBeFalse();
        log.Append(AlertCase.Of(1));
        Should.Throw<ChainWatchException>(() => AlertLog.Open(folder.Path)).Message.ShouldContain("another process appends to it");

        reader.TryRead(out LoggedAlert? alert).ShouldBeTrue();
        alert!.Alert.Id.ShouldBe(AlertCase.Of(1).Id);
        reader.TryRead(out _).ShouldBeFalse();
        AlertLog.Verify(folder.Path).Head.ShouldBe(log.Head);
    }

    [Fact]
    public void Verify_WhereThereIsNoLog_SaysWhatIsThere()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string file = folder.Write("file", "");

        Message(folder.Path).ShouldBe($"{folder.Path}: holds no alerts.jsonl; expected the state folder of a watcher");
        Message(file).ShouldBe($"{file}: is a file; expected the state folder of a watcher");
        Message(file + "x").ShouldBe($"{file}x: there is no such folder; expected the state folder of a watcher");
        Should.Throw<ChainWatchException>(() => AlertLog.Open(file)).Message.ShouldBe($"{file}: is a file; expected a folder for the state");

        static string Message(string path) => Should.Throw<ChainWatchException>(() => AlertLog.Verify(path)).Message;
    }

    [Fact]
    public void Verify_EveryByteChanged_IsFoundInItsLine()
    {
        byte[] whole = Bytes(3);
        int checkedBytes = 0;
        int line = 1;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in at % 8 == 0 && whole[at] != '\n' ? new[] { (byte)(whole[at] ^ 0x20), (byte)'\n' } : [(byte)(whole[at] ^ (1 << (at % 8)))])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                Problem(changed).ShouldStartWith($"log:{line}: ", customMessage: "the changed byte's line");
                checkedBytes++;
            }

            line += whole[at] == '\n' ? 1 : 0;
        }

        line.ShouldBe(4);
        checkedBytes.ShouldBeGreaterThan(3_000);
    }

    [Fact]
    public void Verify_EveryLineRemovedInsertedSwappedOrForged_IsNamed()
    {
        byte[][] lines = Lines(Bytes(5));
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                // Any line once more at any place.
                Problem([.. lines[..j], lines[i], .. lines[j..]]).ShouldStartWith($"log:{(i == j ? j + 2 : j + 1)}: number: ", customMessage: $"{i} inserted at {j}");
                if (i < j)
                {
                    byte[][] swapped = [.. lines];
                    (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                    Problem(swapped).ShouldStartWith($"log:{i + 1}: number: found {j + 1}, expected {i + 1}");
                }
            }

            if (i < 4)
            {
                Problem([.. lines[..i], .. lines[(i + 1)..]]).ShouldBe($"log:{i + 1}: number: found {i + 2}, expected {i + 1}: lines were removed before it, or it was moved");
                // Edited, and sealed anew with the right number and hash before.
                byte[][] forged = [.. lines];
                AlertHead before = i == 0 ? AlertHead.Empty : new AlertHead(i, Sha256(lines[i - 1]));
                forged[i] = AlertLine.Write(before, AlertCase.Of(99), new ChainWatch.Reporting.SymbolBook(TokenList.Empty), out _);
                Problem(forged).ShouldBe($"log:{i + 1}: the line was edited or replaced: its SHA-256 is {Sha256(forged[i])}, expected {Sha256(lines[i])}, as line {i + 2} tells");
            }
        }

        Problem([.. lines[..2], "{\"number\":3}\n"u8.ToArray(), .. lines[2..]]).ShouldBe("log:3: seal: the line was edited: its seal is missing; expected the line as it was written");
        Problem([.. lines, "\n"u8.ToArray()]).ShouldStartWith("log:6: seal: ");
        Problem([.. lines, lines[4][..10]]).ShouldStartWith("log:6: the last 10 bytes are no whole line");
    }

    [Fact]
    public void Verify_WithAHeadThatWasKept_FindsACutTailAndALogWrittenAnew()
    {
        byte[][] lines = Lines(Bytes(5));
        AlertHead[] heads = [AlertHead.Empty, .. lines.Select((l, i) => new AlertHead(i + 1, Sha256(l)))];
        foreach (AlertHead kept in heads)
        {
            Verify([.. lines], kept).Head.ShouldBe(heads[5]);
        }

        for (int length = 0; length < 5; length++)
        {
            Verify([.. lines[..length]], null).Head.ShouldBe(heads[length], "the chain alone does not tell");
            Should.Throw<ChainWatchException>(() => Verify([.. lines[..length]], heads[5])).Message.ShouldBe($"log: ends with line {length}; expected line 5 too, whose head was kept: lines were removed at the end");
        }

        byte[][] anew = Lines(Bytes(6, first: 50));
        Should.Throw<ChainWatchException>(() => Verify(anew, heads[3])).Message.ShouldBe($"log:3: the line is not the one whose head was kept: its SHA-256 is {Sha256(anew[2])}, expected {heads[3].Sha256}; the log was written anew");
    }

    [Fact]
    public void Head_IsReadAsItIsWritten()
    {
        AlertHead head = new(12, new string('b', 64));
        AlertHead.Parse(head.ToString()).ShouldBe(head);
        foreach (string text in new[] { "", "12", $"12:{new string('b', 63)}", $"-1:{new string('b', 64)}", $"12:{new string('x', 64)}", $"1:2:{new string('b', 64)}" })
        {
            AlertHead.TryParse(text, out _).ShouldBeFalse(text);
        }

        Should.Throw<ChainWatchException>(() => AlertHead.Parse("12")).Message.ShouldStartWith("'12' is no head of an alert log");
    }

    private static TemporaryFolder Written(int count, out AlertHead head, int first = 1)
    {
        TemporaryFolder folder = TestData.NewFolder();
        using AlertLog log = AlertCase.Open(folder.Path);
        Enumerable.Range(first, count).Count(n => log.Append(AlertCase.Of(n))).ShouldBe(count);
        head = log.Head;
        return folder;
    }

    private static byte[] Bytes(int count, int first = 1)
    {
        using TemporaryFolder folder = Written(count, out _, first);
        return File.ReadAllBytes(AlertCase.PathIn(folder));
    }

    private static byte[][] Lines(byte[] log)
    {
        List<byte[]> lines = [];
        for (int start = 0; start < log.Length; start += lines[^1].Length)
        {
            lines.Add(log[start..(Array.IndexOf(log, (byte)'\n', start) + 1)]);
        }

        return [.. lines];
    }

    private static string Problem(params byte[][] lines)
    {
        string message = Should.Throw<ChainWatchException>(() => Verify(lines, null)).Message;
        message.ShouldNotContain('\n');
        return message;
    }

    private static AlertLogSummary Verify(byte[][] lines, AlertHead? kept)
    {
        using AlertLogReader reader = new(new MemoryStream([.. lines.SelectMany(l => l)]), "log");
        return AlertLogVerifier.Verify(reader, "log", kept, () => false, default);
    }

    private static string Sha256(string text) => Sha256(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
