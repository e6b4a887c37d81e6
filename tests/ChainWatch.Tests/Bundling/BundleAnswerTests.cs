using ChainWatch.Bundling;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Bundling;

/// <summary>What the answer rests on gives the answer again; whatever was changed with all checksums made anew is found by that.</summary>
public sealed class BundleAnswerTests
{
    [Fact]
    public async Task Derive_FromTheBundleAlone_IsTheAnswer()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        BundleAnswer answer = await BundleCase.DeriveAsync(made.Bytes);

        answer.More.ShouldBeEmpty();
        answer.Fetch.ShouldBeNull();
        answer.Result.Findings.Select(f => (f.List, f.Verdict)).ShouldBe([("case-list", Verdict.Exposed), ("my seeds.txt", Verdict.Exposed)]);
        answer.Question.Window.LastTime!.Value.TimeOfDay.ShouldBe(TimeOnly.MaxValue.ToTimeSpan());
    }

    [Theory]
    [InlineData("report.json", "\"hops\": 2", "\"hops\": 1")]
    [InlineData("report.json", "\"verdict\": \"Exposed\"", "\"verdict\": \"NoneFound\"")]
    [InlineData("report.json", "\"tool_version\": \"a tool 1.0\"", "\"tool_version\": \"a tool 1.1\"")]
    [InlineData("report.md", "2 hops", "1 hop")]
    [InlineData("README.txt", "nothing\nabout guilt", "something about guilt")]
    [InlineData("acquisition.json", "\"rows\": 3", "\"rows\": 4")]
    [InlineData("request.json", "\"max_hops\": 3", "\"max_hops\":3")]
    public async Task Derive_AFileThatFollowsFromTheOthers_ChangedAndHashedAnew_IsNamed(string name, string before, string after)
    {
        using BundleCase made = await BundleCase.MakeAsync();
        byte[] forged = made.Forged(name, bytes => Replaced(bytes, before, after));

        BundleCase.Open(forged).Dispose();
        string message = (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(forged))).Message;
        message.ShouldStartWith($"case.zip: {name}:");
        message.ShouldEndWith("is not what follows from the bundle's other files; expected the bytes that they give");
    }

    // What the answer follows from: then the report is not what follows from it.
    [Theory]
    [InlineData("transfers/001-t.csv", "3000000000000000000", "4000000000000000000")]
    [InlineData("transfers/001-t.csv", "ethereum,101,3,", "ethereum,99,3,")]
    [InlineData("seeds/001-my_seeds.txt", BundleCase.Thief, BundleCase.Middle)]
    [InlineData("labels/001-labels.csv", BundleCase.Exchange, BundleCase.Middle)]
    [InlineData("request.json", "\"max_hops\": 3", "\"max_hops\": 2")]
    [InlineData("request.json", "native=0.001", "native=0.002")]
    [InlineData("request.json", "\"complete\": true", "\"complete\": false")]
    [InlineData("tool.json", "\"tool_version\": \"a tool 1.0\"", "\"tool_version\": \"a tool 2.0\"")]
    public async Task Derive_AnInput_ChangedAndHashedAnew_IsFoundInWhatFollows(string name, string before, string after)
    {
        using BundleCase made = await BundleCase.MakeAsync();
        byte[] forged = made.Forged(name, bytes => Replaced(bytes, before, after));

        BundleCase.Open(forged).Dispose();
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(forged))).Message.ShouldMatch(@"^case\.zip: (report\.json|acquisition\.json):\d+: ");
    }

    [Fact]
    public async Task Derive_AListChangedWithItsManifest_IsFoundInTheReport()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        byte[] changed = made.Forged("lists/case-list/addresses.csv", bytes => Replaced(bytes, "a court", "a coUrt"));
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(changed))).Message
            .ShouldStartWith($"case.zip: {Path.Combine("lists", "case-list")}/addresses.csv: its SHA-256 is ");

        // The list's own checksums made anew, too: as another list of the same name.
        using TemporaryFolder folder = new();
        using EvidenceBundle bundle = BundleCase.Open(made.Bytes);
        bundle.ExtractTo(folder.Path, n => n.StartsWith("lists/case-list", StringComparison.Ordinal));
        string list = Path.Combine(folder.Path, "lists", "case-list");
        AddressList before = ListSet.LoadList(list).AddressLists[0];
        ListFolder.Write(
            list,
            new ListDescription { Name = before.Name, Title = before.Manifest!.Title, Version = before.Manifest.Version, AsOf = before.AsOf, Sources = before.Manifest.Sources, HowMade = before.Manifest.HowMade },
            [((Attribution)before.Entries[0]) with { Authority = new Authority(AuthorityKind.Court, "another court") }]);
        byte[] forged = BundleCase.Zip([.. bundle.Names.Select(n => BundleFile.Of(n, n.StartsWith("lists/case-list", StringComparison.Ordinal) ? File.ReadAllBytes(Path.Combine(folder.Path, n)) : bundle.ReadFile(n)))]);
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(forged))).Message.ShouldStartWith("case.zip: report.json:");
    }

    // What is not in the bundle is not looked for on the machine of whoever checks it.
    [Fact]
    public async Task Derive_SeedsWithoutTheirFile_AreRefused()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        byte[] forged = made.Forged("request.json", b => Replaced(b, "\"seeds/001-my_seeds.txt\"", "null"));
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(forged))).Message
            .ShouldBe("case.zip: request.json: gives the seeds 'my seeds.txt' without their file; expected list:NAME, an address, or a file of the bundle");
    }

    [Fact]
    public async Task Derive_AFileThatIsMissing_OrOneTooMany_IsTold()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        using EvidenceBundle bundle = BundleCase.Open(made.Bytes);
        byte[] more = BundleCase.Zip([.. bundle.Names.Select(n => BundleFile.Of(n, bundle.ReadFile(n))), BundleFile.Of("extra.txt", [1])]);

        (await BundleCase.DeriveAsync(more)).More.ShouldBe(["extra.txt"]);
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(made.Forged("transfers/001-t.csv", _ => null)))).Message
            .ShouldBe("case.zip: request.json: names the file 'transfers/001-t.csv', which is not in the bundle");
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(made.Forged("report.md", _ => null)))).Message.ShouldBe("case.zip: report.md: is not in the bundle");
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(made.Forged("request.json", b => Replaced(b, "\"schema_version\": 1", "\"schema_version\": 2"))))).Message.ShouldContain("is of a later version");
        (await Should.ThrowAsync<ChainWatchException>(() => BundleCase.DeriveAsync(made.Forged("tool.json", _ => [0xff])))).Message.ShouldBe("case.zip: tool.json: not valid JSON");
    }

    private static byte[] Replaced(byte[] bytes, string before, string after)
    {
        string text = System.Text.Encoding.UTF8.GetString(bytes);
        text.ShouldContain(before, Case.Sensitive);
        return System.Text.Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal));
    }
}
