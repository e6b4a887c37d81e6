namespace ChainWatch.Notebooks;

/// <summary>The times of a chart's columns.</summary>
/// <param name="Start">The beginning of the first column (UTC).</param>
/// <param name="Bin">How long a column is.</param>
/// <param name="Remark">What the columns leave out; empty: nothing.</param>
internal sealed record TimeAxis(DateTimeOffset Start, TimeSpan Bin, string Remark)
{
    /// <summary>When a column begins; days are enough where a column is one or more.</summary>
    public string Text(int column)
    {
        DateTimeOffset time = Start + (column * Bin);
        return time.UtcDateTime.ToString(Bin >= TimeSpan.FromDays(1) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
