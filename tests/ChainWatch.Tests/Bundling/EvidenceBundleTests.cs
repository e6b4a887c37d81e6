using System.IO.Compression;
using System.Security.Cryptography;
using ChainWatch.Bundling;

namespace ChainWatch.Tests.Bundling;

public sealed class EvidenceBundleTests
{
    private const int Changes = 1000;

    [Fact]
    public async Task Write_TheSameFilesInAnyOrder_TheSameBytes()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        using BundleCase again = await BundleCase.MakeAsync();

        again.Bytes.ShouldBe(made.Bytes);
        using EvidenceBundle bundle = BundleCase.Open(made.Bytes);
        BundleCase.Zip([.. bundle.Names.Reverse().Select(n => BundleFile.Of(n, bundle.ReadFile(n)))]).ShouldBe(made.Bytes);
    }

    [Fact]
    public async Task Write_IsAZipThatOthersRead_WithChecksumsThatOthersCheck()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        using EvidenceBundle bundle = BundleCase.Open(made.Bytes);
        using ZipArchive zip = new(new MemoryStream(made.Bytes));

        zip.Entries.Select(e => e.FullName).ShouldBe([.. bundle.Names, "manifest.sha256"]);
        using StreamReader manifest = new(zip.Entries[^1].Open());
        string[] lines = (await manifest.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(bundle.Names.Count);
        for (int i = 0; i < lines.Length; i++)
        {
            using Stream entry = await zip.Entries[i].OpenAsync();
            lines[i].ShouldBe($"{Convert.ToHexStringLower(await SHA256.HashDataAsync(entry))}  {zip.Entries[i].FullName}");
        }

        bundle.Identity.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"))));
    }

    [Fact]
    public async Task Open_AThousandRandomSingleByteChanges_EachIsFoundAndTheFileNamed()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        Layout layout = new(made.Bytes);
        Random random = new(20250221);
        Dictionary<string, int> hit = [];
        for (int i = 0; i < Changes; i++)
        {
            int at = random.Next(made.Bytes.Length);
            ShouldBeNamed(made.Bytes, layout, at, (byte)random.Next(1, 256));
            hit[layout.OwnerOf(at)] = hit.GetValueOrDefault(layout.OwnerOf(at)) + 1;
        }

        hit.Count.ShouldBeGreaterThan(5);
    }

    // Where a random byte seldom falls: every byte of every record, with every single bit and a few values besides.
    [Fact]
    public void Open_EveryByteOfEveryRecord_IsFoundAndTheFileNamed()
    {
        byte[] zip = BundleCase.Zip([BundleFile.Of("a.txt", "one"u8.ToArray()), BundleFile.Of("b/empty", []), BundleFile.Of("c.txt", "three"u8.ToArray())]);
        Layout layout = new(zip);
        for (int at = 0; at < zip.Length; at++)
        {
            foreach (byte change in new byte[] { 1, 2, 4, 8, 16, 32, 64, 128, 255, (byte)'/', (byte)'.' ^ (byte)'a' })
            {
                ShouldBeNamed(zip, layout, at, change);
            }
        }
    }

    [Fact]
    public async Task Open_CutAnywhere_IsAnErrorOfTheBundle()
    {
        using BundleCase made = await BundleCase.MakeAsync();
        int step = made.Bytes.Length / 97;
        for (int length = 0; length < made.Bytes.Length; length += step)
        {
            Should.Throw<ChainWatchException>(() => BundleCase.Open(made.Bytes[..length])).Message.ShouldStartWith("case.zip: ");
        }

        Should.Throw<ChainWatchException>(() => BundleCase.Open(made.Bytes[..^1])).Message.ShouldContain("cut short");
        Should.Throw<ChainWatchException>(() => BundleCase.Open([.. made.Bytes, 0])).Message.ShouldContain("cut short, or it is none");
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/evil")]
    [InlineData("a/../evil")]
    [InlineData("a//evil")]
    [InlineData("a\\evil")]
    [InlineData("C:evil")]
    [InlineData("evil.")]
    [InlineData("a/./evil")]
    [InlineData("")]
    [InlineData("ev\nil")]
    public void Name_ThatLeadsElsewhere_IsNeitherWrittenNorRead(string name)
    {
        Should.Throw<ChainWatchException>(() => BundleCase.Zip([BundleFile.Of(name, [1])])).Message.ShouldContain("cannot be the name of a file in a bundle");
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        byte[] zip = [.. ZipForm.Local(bytes, 0, 0), .. ZipForm.Central(bytes, 0, 0, 0), .. ZipForm.End(1, ZipForm.Central(bytes, 0, 0, 0).Length, ZipForm.Local(bytes, 0, 0).Length)];

        Should.Throw<ChainWatchException>(() => BundleCase.Open(zip)).Message.ShouldContain("is none that a file of a bundle may have");
    }

    [Fact]
    public void Write_NamesThatAreOneFileElsewhere_IsAnError() =>
        Should.Throw<ChainWatchException>(() => BundleCase.Zip([BundleFile.Of("a", [1]), BundleFile.Of("A", [2])])).Message.ShouldContain("two files of the bundle would be named");

    [Fact]
    public void Open_OfAZipThatGrows_IsRefusedBeforeAnythingIsUnpacked()
    {
        using MemoryStream bomb = new();
        using (ZipArchive zip = new(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("report.json", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
            {
                entry.Write(zeros);
            }
        }

        bomb.Length.ShouldBeLessThan(1 << 17);
        Should.Throw<ChainWatchException>(() => BundleCase.Open(bomb.ToArray())).Message.ShouldStartWith("case.zip: report.json: ");
    }

    [Fact]
    public void Open_LengthsThatAreNotThere_TakeNoMemory()
    {
        byte[] name = "report.json"u8.ToArray();
        foreach (long length in new[] { 1L, 1L << 31, 1L << 40, long.MaxValue - 100, -1 })
        {
            byte[] central = ZipForm.Central(name, 0, length, 0);
            byte[] zip = [.. ZipForm.Local(name, 0, length), .. central, .. ZipForm.End(1, central.Length, ZipForm.LocalLength(name.Length))];
            Should.Throw<ChainWatchException>(() => BundleCase.Open(zip)).Message.ShouldStartWith("case.zip: report.json: its ");
        }

        byte[] end = ZipForm.End(1L << 40, 1L << 46, 0);
        Should.Throw<ChainWatchException>(() => BundleCase.Open(end)).Message.ShouldContain("the record at its end is not as it was written");
    }

    [Fact]
    public void Open_AnEntryThatTheManifestDoesNotName_OrAMissingOne_IsNamed()
    {
        byte[] manifest = ChecksumList.Write([("a", Convert.ToHexStringLower(SHA256.HashData("one"u8)))]);
        Should.Throw<ChainWatchException>(() => BundleCase.Open(Raw(("a", "one"u8.ToArray()), ("b", []), ("manifest.sha256", manifest)))).Message.ShouldBe("case.zip: b: manifest.sha256 does not name it; expected no other file");
        Should.Throw<ChainWatchException>(() => BundleCase.Open(Raw(("manifest.sha256", manifest)))).Message.ShouldBe("case.zip: a: is missing: manifest.sha256 names it");
        Should.Throw<ChainWatchException>(() => BundleCase.Open(Raw(("a", "one"u8.ToArray())))).Message.ShouldBe("case.zip: manifest.sha256: is not the bundle's last file; expected it there");
        Should.Throw<ChainWatchException>(() => BundleCase.Open(Raw(("a", "one"u8.ToArray()), ("a", "one"u8.ToArray()), ("manifest.sha256", manifest)))).Message.ShouldBe("case.zip: a: stands in the bundle twice; expected it once");
        Should.Throw<ChainWatchException>(() => BundleCase.Open(Raw(("a", "one"u8.ToArray()), ("manifest.sha256", [.. manifest, (byte)'x'])))).Message.ShouldContain("manifest.sha256:2: ");
    }

    private static byte[] Raw(params (string Name, byte[] Bytes)[] files)
    {
        using MemoryStream output = new();
        ZipWriter zip = new(output);
        foreach ((string name, byte[] bytes) in files)
        {
            zip.Add(name, stream => stream.Write(bytes));
        }

        zip.Finish();
        return output.ToArray();
    }

    private static void ShouldBeNamed(byte[] zip, Layout layout, int at, byte change)
    {
        byte before = zip[at];
        zip[at] ^= change;
        try
        {
            string message = Should.Throw<ChainWatchException>(() => BundleCase.Open(zip), $"byte {at} ^ {change}").Message;
            message.ShouldStartWith("case.zip: ");
            message.ShouldNotContain('\n');
            string owner = layout.OwnerOf(at);
            if (owner.Length > 0)
            {
                message.ShouldStartWith($"case.zip: {owner}", Case.Sensitive, $"byte {at} ^ {change}");
            }
        }
        finally
        {
            zip[at] = before;
        }
    }

    /// <summary>Whose byte is whose, found by a reader of its own; those of the end are nobody's.</summary>
    private sealed class Layout
    {
        private readonly List<(int Start, int End, string Name)> _parts = [];

        public Layout(byte[] zip)
        {
            int end = zip.Length - 22;
            int position = BitConverter.ToInt32(zip, end + 16);
            while (position < end)
            {
                int nameLength = BitConverter.ToUInt16(zip, position + 28);
                string name = System.Text.Encoding.UTF8.GetString(zip, position + 46, nameLength);
                int local = BitConverter.ToInt32(zip, position + 42);
                _parts.Add((local, local + 50 + nameLength + BitConverter.ToInt32(zip, position + 24), name));
                _parts.Add((position, position + 46 + nameLength, name));
                position += 46 + nameLength;
            }
        }

        public string OwnerOf(int at) => _parts.FirstOrDefault(p => at >= p.Start && at < p.End).Name ?? "";
    }
}
