using System.Globalization;

namespace ChainWatch.Sources;

/// <summary>What is counted of one file while it is read; becomes its coverage.</summary>
internal sealed class FileTally(string name)
{
    public string Name => name;

    public string Kind { get; set; } = "transfer-file";

    public long Rows { get; set; }

    public string? Sha256 { get; set; }

    public long Duplicates { get; set; }

    public long OutputsWithoutAddress { get; private set; }

    public long WithoutOutputs { get; set; }

    /// <summary>Remarks beyond those that follow from the counts.</summary>
    public List<string> Notes { get; } = [];

    // Inputs without a known owner are a gap that the graph counts, from whatever source they come.
    public void Count(in UtxoRow row) => OutputsWithoutAddress += !row.IsInput && row.Owner is null ? 1 : 0;

    /// <summary>Adds a remark on something counted, unless there is none of it.</summary>
    public void Note(long count, string one, string many)
    {
        if (count > 0)
        {
            Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}"));
        }
    }

    /// <summary>The coverage, once everything is counted.</summary>
    public SourceCoverage ToCoverage(bool declaredComplete)
    {
        Note(OutputsWithoutAddress, "output without an address", "outputs without an address");
        List<CoverageGap> gaps = [];
        if (!declaredComplete)
        {
            gaps.Add(new CoverageGap(GapKind.NotDeclaredComplete, "nobody has said that the transfer files hold every transfer that matters"));
        }

        if (WithoutOutputs > 0)
        {
            gaps.Add(new CoverageGap(GapKind.MissingOutputs, "transactions with inputs and no outputs: where their value went is not known", WithoutOutputs));
        }

        return new SourceCoverage
        {
            Name = name,
            Kind = Kind,
            Rows = Rows,
            Sha256 = Sha256,
            DeclaredComplete = declaredComplete,
            DuplicateRows = Duplicates,
            Notes = [.. Notes],
            Gaps = gaps,
        };
    }
}
