using System.Text;
using System.Xml;
using System.Xml.Linq;
using ChainWatch.Labels;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Notebooks;

/// <summary>Texts that want to be more than text, and how a saved file is looked at.</summary>
internal static class Hostile
{
    /// <summary>Markup, a terminal's escape, a turned reading direction, half a surrogate pair, breaks.</summary>
    public const string Text = "</text></title><script>alert(1)</script>\"'&\u001b[2J\u202Eevil\u2066\uD800 \r\nnext\tline]]>";

    public static readonly string[] Texts =
    [
        Text, "", " ", "\0", "<svg onload=alert(1)>", "javascript:alert(1)", "</style><script>", "名前は東京です", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦 family", "|a|`b`*c*[d](e)", new string('x', 5000), new string('宽', 3000), "\uFFFE\uFFFF", "\uDC00\uD800",
    ];

    /// <summary>The file as XML: it is well formed, and nothing in it runs or is loaded from elsewhere.</summary>
    public static XElement Parse(byte[] file)
    {
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        XElement root = XElement.Load(reader);
        string[] names = [.. root.DescendantsAndSelf().Select(e => e.Name.LocalName.ToLowerInvariant()).Distinct()];
        names.Intersect(["script", "foreignobject", "a", "image", "use", "iframe", "object", "embed", "link", "img", "animate", "set"]).ShouldBeEmpty();
        root.DescendantsAndSelf().Attributes().ShouldAllBe(a => !a.Name.LocalName.StartsWith("on") && a.Name.LocalName != "href" && a.Name.LocalName != "src");
        root.DescendantsAndSelf().Where(e => e.Name.LocalName == "style").ShouldAllBe(e => !e.Value.Contains("url(") && !e.Value.Contains("@import"));
        root.DescendantsAndSelf().Where(e => e.Name.LocalName != "style").SelectMany(e => e.Attributes()).Select(a => a.Value).ShouldAllBe(v => v == "http://www.w3.org/2000/svg" || !v.Contains("//"));
        return root;
    }

    public static byte[] Saved(Func<string, string> save)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = System.IO.Path.Combine(folder.Path, "file");
        save(path).ShouldBe(path);
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
        return File.ReadAllBytes(path);
    }

    /// <summary>What a terminal is given: printable characters and line ends.</summary>
    public static void ShouldBePlain(string text) =>
        text.Where(c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2066').ShouldBeEmpty();

    /// <summary>A trace whose list, watched wallets and stop have a name.</summary>
    public static TraceResult Case(string name, Direction direction = Direction.Received)
    {
        Story story = new("""
            1/0 S>A 1000000000000000000
            1/1 S>A 1000000000000000000
            2/0 A>B 5
            2/1 A>X 500000000000000000
            3/0 X>C 7
            3/1 B>A 9
            4/0 B>C 115792089237316195423570985008687907853269984665640564039457584007913129639935 T
            5/0 S>B 6
            """);
        story.Labels.Add(new StopLabel(Story.At('X'), StopCategory.Exchange, name, "test"));
        return story.Trace(seeds: direction == Direction.Sent ? "C" : "S", direction: direction, with: request => request with { AnyToken = true });
    }
}
