using System.Security.Cryptography;
using System.Text.Json;
using ChainWatch.Tests.Reporting;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Tests.Watching;

public class AlertTests
{
    public static TheoryData<string> Cases => ["plain", "everything", "bitcoin", "listed"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Json_ReadBack_IsTheAlert(string name)
    {
        Alert alert = Case(name);
        byte[] json = alert.ToJson();
        Alert read = Alert.FromJson(json);

        json.ShouldNotContain((byte)'\n');
        read.Path.ShouldBe(alert.Path);
        (read with { Path = alert.Path }).ShouldBe(alert);
        read.Id.ShouldBe(alert.Id);
        read.ToJson().ShouldBe(json);
        BannedWords.ShouldNotOccurIn(System.Text.Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void Id_IsTheHashOfTheEventsDescription()
    {
        // As docs/formats.md says it is computed.
        Alert alert = AlertCase.Of(1);
        string description = $"""["ofac-sdn","received","eip155:1","{alert.Wallet.ToCaip10()}","first-within","{AlertCase.Hash(1)}","eip155:1/slip44:60","6"]""";

        alert.Id.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(description)))[..32]);
    }

    [Fact]
    public void Id_DependsOnTheEventAlone()
    {
        Alert alert = AlertCase.Of(1);
        PathStep step = alert.Path[0];
        Alert[] same =
        [
            alert with { State = AlertState.Withdrawn },
            alert with { Block = alert.Block with { Height = 77, Hash = AlertCase.Hash(77) }, Confirmations = 12, Path = [step with { Position = new ChainPosition(Chain.Ethereum, 77, 0) }] },
            alert with { ListVersion = "later", ListAsOf = null, IsNote = true, IsRetroactive = true, Hops = 2, Path = [AlertCase.Step(5), step] },
        ];
        same.Select(a => a.Id).Distinct().ShouldBe([alert.Id]);

        Alert[] others =
        [
            alert,
            alert with { List = "dprk-attributed" },
            alert with { Direction = Direction.Sent },
            alert with { Wallet = AlertCase.Wallet(3) },
            alert with { Reason = AlertReason.Closer },
            alert with { Path = [step with { Tx = TxId.Parse(AlertCase.Hash(2)) }] },
            alert with { Path = [step with { Tx = null }] },
            alert with { Path = [step with { Tx = null, Position = new ChainPosition(Chain.Ethereum, 1_001, null) }] },
            alert with { Path = [step with { Asset = Asset.Token(AlertCase.Wallet(4)) }] },
            alert with { Path = [step with { Value = Amount.From(1) }] },
            alert with { Path = [] },
        ];
        others.Select(a => a.Id).Distinct().Count().ShouldBe(others.Length);
    }

    [Fact]
    public void FromJson_EveryPropertyMissingOrOfAnotherType_IsAnErrorThatNamesIt()
    {
        string json = System.Text.Encoding.UTF8.GetString(AlertCase.Everything.ToJson());
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement step = document.RootElement.GetProperty("path")[0];
        string[] forPeople = ["symbol", "decimals"];
        string[] names = [.. document.RootElement.EnumerateObject().Concat(step.EnumerateObject()).Concat(document.RootElement.GetProperty("block").EnumerateObject()).Select(p => p.Name).Distinct().Except(forPeople)];
        names.Length.ShouldBeGreaterThan(30);
        foreach (string name in names)
        {
            Should.Throw<ChainWatchException>(() => Read(json.Replace($"\"{name}\":", "\"gone\":", StringComparison.Ordinal))).Message.ShouldBe($"x: {name}: is missing");
            if (name is not ("path" or "block"))
            {
                string changed = System.Text.RegularExpressions.Regex.Replace(json, $"\"{name}\":(?:\"(?:[^\"\\\\]|\\\\.)*\"|\\d+|true|false|null)", $"\"{name}\":[5]");
                Should.Throw<ChainWatchException>(() => Read(changed)).Message.ShouldStartWith($"x: {name}: expected ");
            }
        }

        Should.Throw<ChainWatchException>(() => Read(json.Replace("paid-listed", "first-within", StringComparison.Ordinal))).Message.ShouldContain("is not the id of the event beside it");
        Should.Throw<ChainWatchException>(() => Read(json.Replace("\"schema_version\":1", "\"schema_version\":2", StringComparison.Ordinal))).Message.ShouldContain("expected 1");
        Should.Throw<ChainWatchException>(() => Read(json[..^1])).Message.ShouldBe("x: no alert in JSON");
    }

    private static Alert Read(string json) => Alert.FromJson(System.Text.Encoding.UTF8.GetBytes(json), "x");

    private static Alert Case(string name) => name switch
    {
        "plain" => AlertCase.Of(1),
        "everything" => AlertCase.Everything,
        "bitcoin" => AlertCase.OnBitcoin,
        _ => AlertCase.Of(1) with { Hops = 0, Path = [] },
    };
}
