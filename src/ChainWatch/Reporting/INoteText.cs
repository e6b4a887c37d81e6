namespace ChainWatch.Reporting;

/// <summary>
/// Takes the blocks of a case note. Their text is in the small part of Markdown that <see cref="MarkdownText"/> writes: quoted
/// text, code spans, bold, and web addresses in angle brackets.
/// </summary>
internal interface INoteText
{
    void Heading(int level, string text);

    void Paragraph(string text);

    void Bullets(IReadOnlyCollection<string> items);

    void Steps(IEnumerable<string> items);

    void Table(string[] header, IEnumerable<string[]> rows);
}
