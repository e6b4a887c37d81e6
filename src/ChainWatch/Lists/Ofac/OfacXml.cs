using System.Globalization;
using System.Xml;

namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Walks an XML file forward, holding nothing but the current node: no DTD, no outside resources, bounded depth and texts.
/// Names are local ones, since OFAC changed the namespaces of all its formats in 2024.
/// </summary>
internal sealed class OfacXml : IDisposable
{
    private const long DocumentCharactersMax = 1L << 30;
    private const int TextLengthMax = 10_000;
    private const int DepthMax = 64;

    private readonly string _file;
    private readonly XmlReader _reader;
    private readonly char[] _buffer = new char[1024];
    private readonly Func<bool> _read;
    private readonly Func<int> _readChunk;
    private readonly CancellationToken _cancellationToken;

    public OfacXml(Stream stream, string file, CancellationToken cancellationToken)
    {
        _file = file;
        _cancellationToken = cancellationToken;
        _reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = DocumentCharactersMax,
            CloseInput = false,
        });
        _read = _reader.Read;
        _readChunk = () => _reader.ReadValueChunk(_buffer, 0, _buffer.Length);
    }

    /// <summary>The name of the file, for errors.</summary>
    public string File => _file;

    /// <summary>The line of the current node, from 1.</summary>
    public long Line => ((IXmlLineInfo)_reader).LineNumber;

    /// <summary>The namespace of the current element.</summary>
    public string Namespace => _reader.NamespaceURI;

    /// <summary>Moves to the root element and gives its local name.</summary>
    public string Root()
    {
        while (Advance())
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                return _reader.LocalName;
            }
        }

        throw Error("the file has no XML element: expected one of OFAC's SDN files");
    }

    /// <summary>
    /// The local names of the child elements, with the reader on each in turn. What the caller does not read of a child is
    /// passed over; a child may be read by <see cref="Children"/>, <see cref="Text"/> or <see cref="Attribute"/>.
    /// </summary>
    public IEnumerable<string> Children()
    {
        if (_reader.IsEmptyElement)
        {
            yield break;
        }

        int depth = _reader.Depth;
        Step();
        while (!(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType != XmlNodeType.Element)
            {
                Step();
                continue;
            }

            yield return _reader.LocalName;
            PassOver(depth + 1);
        }
    }

    /// <summary>An attribute of the current element; empty where it has none.</summary>
    public string Attribute(string name) => _reader.GetAttribute(name) ?? "";

    /// <summary>The text of the current element, trimmed; its child elements' text does not count.</summary>
    public string Text()
    {
        if (_reader.IsEmptyElement)
        {
            return "";
        }

        string text = "";
        int depth = _reader.Depth;
        Step();
        while (!(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && _reader.Depth == depth + 1)
            {
                text += Value(text.Length);
            }

            Step();
        }

        return text.Trim();
    }

    /// <summary>A date in the text of the current element.</summary>
    public DateOnly Date(params string[] formats)
    {
        string text = Text();
        return DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw Error($"'{text}' is no date: expected {formats[0]}");
    }

    /// <summary>Reads to the end of the file: what stands behind the root element makes it another file.</summary>
    public void Finish()
    {
        while (Advance())
        {
        }
    }

    /// <summary>An error at the current line.</summary>
    public ChainWatchException Error(string problem) => ChainWatchException.At(_file, Line, null, problem);

    public void Dispose() => _reader.Dispose();

    private void PassOver(int depth)
    {
        if (_reader.NodeType == XmlNodeType.Element && !_reader.IsEmptyElement)
        {
            Step();
            while (!(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
            {
                Step();
            }
        }

        Step();
    }

    private string Value(int lengthBefore)
    {
        System.Text.StringBuilder value = new();
        for (int read = Chunk(); read > 0; read = Chunk())
        {
            if (lengthBefore + value.Length + read > TextLengthMax)
            {
                throw Error($"a text of more than {TextLengthMax} characters: expected a name, date, program or address");
            }

            value.Append(_buffer, 0, read);
        }

        return value.ToString();
    }

    private int Chunk() => Guard(_readChunk);

    private void Step()
    {
        if (!Advance())
        {
            throw Error("the file is cut short: the XML ends inside an element");
        }

        if (_reader.Depth > DepthMax)
        {
            throw Error($"XML elements nested deeper than {DepthMax}: this is not one of OFAC's SDN files");
        }
    }

    private bool Advance()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return Guard(_read);
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            string problem = e.Message.ReplaceLineEndings(" ");
            throw new ChainWatchException(ChainWatchException.At(_file, e.LineNumber, null, $"the file is cut short or no valid XML: {problem}").Message, e);
        }
    }
}
