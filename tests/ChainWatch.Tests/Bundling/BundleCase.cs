using ChainWatch.Bundling;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Bundling;

/// <summary>A small question with a list, seeds, labels and transfers of its own, and its bundle.</summary>
internal sealed class BundleCase : IDisposable
{
    public const string Thief = "0x1111111111111111111111111111111111111111";
    public const string Middle = "0x2222222222222222222222222222222222222222";
    public const string Wallet = "0x3333333333333333333333333333333333333333";
    public const string Exchange = "0x4444444444444444444444444444444444444444";
    private readonly TemporaryFolder _folder = new();

    private BundleCase()
    {
    }

    /// <summary>The bundle.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>What went into it.</summary>
    public IReadOnlyList<BundleFile> Files { get; private set; } = [];

    public static async Task<BundleCase> MakeAsync()
    {
        BundleCase made = new();
        string lists = Path.Combine(made._folder.Path, "lists");
        SourceDocument document = new("a notice", new DateOnly(2024, 1, 1), "https://example.org/notice", IssuerText.Yes);
        ListFolder.Write(
            Path.Combine(lists, "case-list"),
            new ListDescription { Name = "case-list", Title = "a case", Version = "2024-01-01.1", AsOf = new DateOnly(2024, 6, 1), Sources = ["a notice"], HowMade = "by hand" },
            [new Attribution { List = "case-list", Address = Address.Parse(Thief), Authority = new Authority(AuthorityKind.Court, "a court"), Document = document, Role = Role.Theft, MaySeed = true, StatedOn = new DateOnly(2024, 1, 1) }]);
        string seeds = made._folder.Write("my seeds.txt", $"{Thief}\n");
        string labels = made._folder.Write("labels.csv", $"chain,address,category,name,source\nethereum,{Exchange},exchange,an exchange,me\n");
        string transfers = made._folder.Write("t.csv", string.Join('\n',
            "chain,block,position,time,tx,from,to,asset,value",
            $"ethereum,100,0,2024-02-01T00:00:00Z,,{Thief},{Middle},native,5000000000000000000",
            $"ethereum,101,3,2024-02-02T00:00:00Z,,{Middle},{Wallet},native,3000000000000000000",
            $"ethereum,102,1,2024-02-03T00:00:00Z,,{Middle},{Exchange},native,2000000000000000000",
            ""));
        BundleQuestion question = new()
        {
            AskedOn = new DateOnly(2024, 7, 1),
            From = [new GivenFile("list:case-list", null), new GivenFile("my seeds.txt", "seeds/001-my_seeds.txt")],
            To = [Address.Parse(Wallet)],
            MaxHops = 3,
            StopFiles = [new GivenFile("labels.csv", "labels/001-labels.csv")],
            DefaultLabels = false,
            MinValues = ["native=0.001"],
            Window = new TraceWindow(FirstTime: new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), LastTime: new DateTimeOffset(new DateOnly(2024, 12, 31), TimeOnly.MaxValue, TimeSpan.Zero)),
            Source = BundleSource.Transfers,
            Transfers = [new GivenFile("t.csv", "transfers/001-t.csv")],
            DeclaredComplete = true,
        };
        string inputs = Path.Combine(made._folder.Path, "inputs");
        foreach ((string from, string name) in new[] { (seeds, "seeds/001-my_seeds.txt"), (labels, "labels/001-labels.csv"), (transfers, "transfers/001-t.csv") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(inputs, name))!);
            File.Copy(from, Path.Combine(inputs, name));
        }

        TransferGraph graph = await TransferGraph.ReadAsync(new NamedFiles(new TransferFileSource([transfers], true), [transfers], ["t.csv"]));
        TraceResult result = Tracer.Trace(graph, question.ToRequest(ListChoice.Load(lists), inputs, [Chain.Ethereum]));
        BundleTool tool = new() { ToolVersion = "a tool 1.0", Engine = result.Engine, Packages = [("ChainWatch", "1.0")] };
        made.Files = BundleAnswer.Files(question, tool, null, result, lists,
        [
            BundleFile.Copy("seeds/001-my_seeds.txt", seeds),
            BundleFile.Copy("labels/001-labels.csv", labels),
            BundleFile.Copy("transfers/001-t.csv", transfers),
        ]);
        made.Bytes = Zip(made.Files);
        return made;
    }

    public static byte[] Zip(IEnumerable<BundleFile> files)
    {
        using MemoryStream zip = new();
        EvidenceBundle.Write(zip, files);
        return zip.ToArray();
    }

    /// <summary>The bundle with one file changed and every checksum made anew: what whoever has the whole bundle can do.</summary>
    public byte[] Forged(string name, Func<byte[], byte[]?> change)
    {
        using EvidenceBundle bundle = Open(Bytes);
        bundle.Has(name).ShouldBeTrue(name);
        return Zip([.. bundle.Names
            .Select(n => (Name: n, Bytes: n == name ? change(bundle.ReadFile(n)) : bundle.ReadFile(n)))
            .Where(f => f.Bytes is not null)
            .Select(f => BundleFile.Of(f.Name, f.Bytes!))]);
    }

    public static EvidenceBundle Open(byte[] zip) => EvidenceBundle.Open(new MemoryStream(zip, writable: false), "case.zip");

    public static async Task<BundleAnswer> DeriveAsync(byte[] zip)
    {
        using TemporaryFolder folder = new();
        using EvidenceBundle bundle = Open(zip);
        return await BundleAnswer.DeriveAsync(bundle, folder.Path);
    }

    public void Dispose() => _folder.Dispose();
}
