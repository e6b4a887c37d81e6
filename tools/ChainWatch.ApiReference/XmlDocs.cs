using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChainWatch.ApiReference;

/// <summary>The compiler's XML documentation, as Markdown.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Takes a file; of several packages one after another.</summary>
    public void Load(string path)
    {
        foreach (XElement member in XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member"))
        {
            _members[member.Attribute("name")!.Value] = member;
        }
    }

    /// <summary>One part of a member's documentation, such as its summary, in one paragraph; empty where there is none.</summary>
    public string Part(string id, string part) => _members.TryGetValue(id, out XElement? member) && member.Element(part) is XElement found ? Text(found) : "";

    /// <summary>Its parameters, type parameters first, or what it throws: the name and the text.</summary>
    public IEnumerable<(string Name, string Text)> Named(string id, string part, string attribute) =>
        _members.TryGetValue(id, out XElement? member) ? member.Elements(part).Select(e => (ShortName(e.Attribute(attribute)!.Value), Text(e))) : [];

    /// <summary>The last part of a documentation id, without parameters.</summary>
    public static string ShortName(string id)
    {
        string name = (id.Length > 1 && id[1] == ':' ? id[2..] : id).Split('(')[0];
        return Generic().Replace(id.StartsWith("T:", StringComparison.Ordinal) || !id.Contains(':', StringComparison.Ordinal) ? name.Split('.')[^1] : string.Join('.', name.Split('.')[^2..]), "");
    }

    private static string Text(XElement element) => Space().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => Special().Replace(text.Value, @"\$0").Replace("<", "&lt;", StringComparison.Ordinal),
        XElement { Name.LocalName: "see" or "seealso" } see => see.Attribute("cref") is { } cref ? $"`{ShortName(cref.Value)}`"
            : see.Attribute("langword") is { } word ? $"`{word.Value}`" : see.Attribute("href") is { } link ? $"[{(see.Value.Length > 0 ? see.Value : link.Value)}]({link.Value})" : Text(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "c" or "code" } code => $"`{Space().Replace(code.Value, " ").Trim()}`",
        XElement { Name.LocalName: "item" } item => " " + Text(item) + ";",
        XElement { Name.LocalName: "para" or "list" } part => " " + Text(part) + " ",
        XElement other => Text(other),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[*_\[\]\\|]")]
    private static partial Regex Special();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Generic();
}
