using ChainWatch.Lists;
using CsvHelper;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>A row for each match, and one with an empty status where nothing matches. Scripts rely on the columns.</summary>
internal sealed class ScreenCsv : IScreenWriter
{
    private static readonly string[] Columns = ["address", "chain", "status", "list", "entity", "program", "attributed_by", "document", "came_on", "went_off", "ref"];
    private readonly StreamWriter _text;
    private readonly CsvWriter _csv;

    /// <param name="output">Where to.</param>
    /// <param name="goesOn">Whether the rows go on from some that are there already, with their header.</param>
    public ScreenCsv(Stream output, bool goesOn = false)
    {
        _text = new StreamWriter(output, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        _csv = CsvWriter.Create(_text, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        if (!goesOn)
        {
            _csv.WriteRecord(Columns);
        }
    }

    public void Write(ScreenedAddress address)
    {
        Address name = address.Screening.Address;
        if (address.Screening.Matches.Count == 0)
        {
            Row(name.ToString(), name.Chain.Name, "", "", "", "", "", "", "", "", address.Reference);
        }

        foreach (ScreeningMatch match in address.Screening.Matches)
        {
            ListEntry entry = match.Entry;
            Row(
                name.ToString(),
                name.Chain.Name,
                match.Status.ToString(),
                entry.List,
                entry.Entity,
                entry is Designation designation ? string.Join('|', designation.Programs) : "",
                entry.Authority.Name,
                entry.Document.Title,
                EntryDates.CameOn(entry),
                EntryDates.WentOff(entry),
                address.Reference);
        }
    }

    public void Flush()
    {
        _csv.Flush();
        _text.Flush();
    }

    public void Finish() => Flush();

    public void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }

    private void Row(params string[] fields) => _csv.WriteRecord(fields);
}
