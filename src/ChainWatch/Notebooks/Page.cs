using System.Globalization;
using System.Text;
using System.Xml;

namespace ChainWatch.Notebooks;

/// <summary>
/// Writes SVG, and HTML that is also well-formed XML: all text goes through one escaping writer, and nothing is referred to
/// outside the file.
/// </summary>
internal sealed class Page : IDisposable
{
    private readonly XmlWriter _xml;

    private Page(Stream output) => _xml = XmlWriter.Create(output, new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = " ",
        NewLineChars = "\n",
        OmitXmlDeclaration = true,
        CloseOutput = false,
    });

    /// <summary>Writes an SVG file.</summary>
    public static void WriteSvg(Stream output, Action<Page> svg)
    {
        using Page page = new(output);
        svg(page);
    }

    /// <summary>Writes an HTML page.</summary>
    public static void WriteHtml(Stream output, string title, Action<Page> body)
    {
        using Page page = new(output);
        page._xml.WriteDocType("html", null, null, null);
        using (page.Element("html", ("lang", "en")))
        {
            using (page.Element("head"))
            {
                page.Element("meta", ("charset", "utf-8")).Dispose();
                page.Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Dispose();
                // A page that could load or run something would be a page to distrust.
                page.Element("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'")).Dispose();
                page.Text("title", title.Length == 0 ? "ChainWatch" : title);
                page.Text("style", Look.PageStyle);
            }

            using (page.Element("body"))
            {
                body(page);
            }
        }
    }

    /// <summary>The outermost element of a drawing, with its style, its background and what it is called.</summary>
    /// <param name="title">Its name, for who cannot see it.</param>
    /// <param name="width">In pixels, at full size.</param>
    /// <param name="height">In pixels, at full size.</param>
    public Ending Svg(string title, double width, double height)
    {
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        foreach ((string name, string value) in new[] { ("width", N(width)), ("height", N(height)), ("viewBox", $"0 0 {N(width)} {N(height)}"), ("role", "img") })
        {
            _xml.WriteAttributeString(name, value);
        }

        Text("title", title);
        Text("style", Look.SvgStyle);
        Element("rect", ("width", N(width)), ("height", N(height)), ("class", "surface")).Dispose();
        return new Ending(_xml, isVoid: false);
    }

    /// <summary>Text in a drawing.</summary>
    public void Label(string text, double x, double y, string style) => Text("text", text, ("x", N(x)), ("y", N(y)), ("class", style));

    /// <summary>A straight line in a drawing.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Element("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("class", style)).Dispose();

    /// <summary>An element, which ends when it is disposed.</summary>
    public Ending Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        // The names of SVG and HTML carry no prefix: only the outermost of each says what it is.
        _xml.WriteStartElement(name);
        foreach ((string attribute, string value) in attributes)
        {
            _xml.WriteAttributeString(attribute, value);
        }

        return new Ending(_xml, name is "meta" or "rect" or "line" or "path" or "circle");
    }

    /// <summary>An element with text.</summary>
    public void Text(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (Element(name, attributes))
        {
            _xml.WriteString(TerminalText.OneLine(text));
        }
    }

    /// <summary>A number of a drawing, in hundredths.</summary>
    public static string N(double number) => (Math.Round(number, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    /// <summary>Ends an element.</summary>
    internal readonly struct Ending(XmlWriter xml, bool isVoid) : IDisposable
    {
        public void Dispose()
        {
            // In HTML only a void element may close itself.
            if (isVoid)
            {
                xml.WriteEndElement();
            }
            else
            {
                xml.WriteFullEndElement();
            }
        }
    }
}
