using System.Reflection;
using System.Text;

namespace ChainWatch.ApiReference;

/// <summary>The API reference in Markdown: an index by package, and a page for each namespace.</summary>
/// <param name="docs">The documentation.</param>
/// <param name="types">All types, in the order in which they are shown.</param>
internal sealed class ApiPages(XmlDocs docs, IReadOnlyList<Type> types)
{
    private const string Made = "Made from the XML documentation by `dotnet run --project tools/ChainWatch.ApiReference -- .`; do not edit.";

    public string Index((string Name, Type[] Types)[] packages)
    {
        StringBuilder page = new($"# API reference\n\n{Made}\n");
        foreach ((string name, Type[] own) in packages)
        {
            page.Append($"\n## {name}\n");
            foreach (IGrouping<string?, Type> space in own.GroupBy(t => t.Namespace))
            {
                page.Append($"\n[{space.Key}]({space.Key}.md)\n\n| type | |\n|---|---|\n");
                foreach (Type type in space)
                {
                    page.Append($"| `{Signature.NameOf(type)}` | {FirstSentence(docs.Part(DocumentationId.Of(type), "summary"))} |\n");
                }
            }
        }

        return page.ToString();
    }

    public IEnumerable<(string Name, string Text)> Namespaces() => types
        .GroupBy(t => t.Namespace!)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, $"# {g.Key}\n\n{Made} [All namespaces](README.md).\n{string.Concat(g.Select(Section))}"));

    private string Section(Type type)
    {
        StringBuilder text = new($"\n## {Signature.NameOf(type).Replace("<", "&lt;", StringComparison.Ordinal)}\n\n`{Signature.OfType(type)}`\n");
        string id = DocumentationId.Of(type);
        foreach (string part in new[] { "summary", "remarks" })
        {
            if (docs.Part(id, part) is { Length: > 0 } said)
            {
                text.Append($"\n{said}\n");
            }
        }

        IReadOnlyList<MemberInfo> members = PublicMembers.Of(type);
        if (members.Count == 0)
        {
            Parameters(text, id, "");
        }

        text.Append(members.Count > 0 ? "\n" : "");
        foreach (MemberInfo member in members)
        {
            Member(text, member, docs.Part(id, "summary"));
        }

        return text.ToString();
    }

    // The compiler documents the constructor of a record as it does the record.
    private void Member(StringBuilder text, MemberInfo member, string ofType)
    {
        string id = DocumentationId.Of(member);
        string said = string.Join(' ', new[] { "summary", "value", "remarks" }.Select(p => docs.Part(id, p)).Where(t => t.Length > 0));
        said = member is ConstructorInfo && said == ofType ? "" : said;
        text.Append($"- `{Signature.OfMember(member)}`{(said.Length > 0 ? "  \n  " + said : "")}\n");
        Parameters(text, id, "  ");
        if (docs.Part(id, "returns") is { Length: > 0 } returns)
        {
            text.Append($"  - returns: {returns}\n");
        }

        foreach ((string error, string when) in docs.Named(id, "exception", "cref"))
        {
            text.Append($"  - throws `{error}`: {when}\n");
        }
    }

    private void Parameters(StringBuilder text, string id, string indent)
    {
        (string Name, string Text)[] named = [.. docs.Named(id, "typeparam", "name"), .. docs.Named(id, "param", "name")];
        text.Append(indent.Length == 0 && named.Length > 0 ? "\n" : "");
        foreach ((string name, string said) in named)
        {
            text.Append($"{indent}- `{name}`: {said}\n");
        }
    }

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}
