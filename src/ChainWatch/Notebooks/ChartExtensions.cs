namespace ChainWatch.Notebooks;

/// <summary>From rows to a <see cref="Chart"/>. Rows are read once, and stand in their order.</summary>
public static class ChartExtensions
{
    private const int ColumnsMax = 2000;

    /// <summary>A horizontal bar a row, as long as its amount. Amounts of one asset can be compared: filter them first.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="label">What a bar is of.</param>
    /// <param name="value">How long it is.</param>
    /// <exception cref="ChainWatchException">The amounts are of several assets.</exception>
    public static Chart ToChart<T>(this IEnumerable<T> rows, Func<T, object?> label, Func<T, AssetAmount> value)
    {
        (object? Label, AssetAmount Value)[] all = [.. rows.Select(row => (label(row), value(row)))];
        return all.Select(b => b.Value.Asset).Distinct().Count() > 1
            ? throw new ChainWatchException($"chart of amounts of {string.Join(" and ", all.Select(b => b.Value.Unit).Distinct(StringComparer.Ordinal).Take(3))}: expected one asset, whose amounts can be compared")
            : new Chart([.. all.Select(b => ChartBar.Of(b.Label, b.Value.ToDouble(), b.Value.ToString()))], all.Length == 0 ? "" : all[0].Value.Unit);
    }

    /// <summary>A horizontal bar a row, as long as its number; negative ones go to the left.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="label">What a bar is of.</param>
    /// <param name="value">How long it is.</param>
    /// <exception cref="ChainWatchException">A number is not finite.</exception>
    public static Chart ToChart<T>(this IEnumerable<T> rows, Func<T, object?> label, Func<T, double> value) =>
        new([.. rows.Select(row => (Label: label(row), Value: value(row))).Select(b => ChartBar.Of(b.Label, b.Value, Cell.NumberText(b.Value)))], "");

    /// <summary>A horizontal bar a row, as long as its span of time.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="label">What a bar is of.</param>
    /// <param name="value">How long it is.</param>
    public static Chart ToChart<T>(this IEnumerable<T> rows, Func<T, object?> label, Func<T, TimeSpan> value)
    {
        (object? Label, TimeSpan Value)[] all = [.. rows.Select(row => (label(row), value(row)))];
        (TimeSpan one, string unit) = Duration.UnitOf(all.Select(b => b.Value == TimeSpan.MinValue ? TimeSpan.MaxValue : b.Value.Duration()).Append(TimeSpan.Zero).Max());
        return new Chart([.. all.Select(b => ChartBar.Of(b.Label, b.Value / one, Duration.Of(b.Value)))], unit);
    }

    /// <summary>Columns over time: the sums of amounts of one asset, bin by bin; bins without any are shown, too.</summary>
    /// <param name="rows">The rows; those without a time are counted in the chart's note.</param>
    /// <param name="time">When a row happened.</param>
    /// <param name="value">How much it was.</param>
    /// <param name="bin">How long a column is; columns begin at whole multiples of it since 1970-01-01 UTC.</param>
    /// <exception cref="ChainWatchException">The amounts are of several assets, a sum is negative, or more than 2,000 columns would be needed.</exception>
    public static Chart ToTimeChart<T>(this IEnumerable<T> rows, Func<T, DateTimeOffset?> time, Func<T, AssetAmount> value, TimeSpan bin)
    {
        (DateTimeOffset? Time, AssetAmount Value)[] all = [.. rows.Select(row => (time(row), value(row)))];
        return all.Select(r => r.Value.Asset).Distinct().Count() > 1
            ? throw new ChainWatchException("time chart of amounts of several assets: expected one, whose amounts can be added")
            : ToTimeChart(all, r => r.Time, bin, all.Length == 0 ? "" : all[0].Value.Unit, group => Drawn(group.Select(r => r.Value).Aggregate((a, b) => a + b)));
    }

    /// <summary>Columns over time: how many rows fall into each bin; bins without any are shown, too.</summary>
    /// <param name="rows">The rows; those without a time are counted in the chart's note.</param>
    /// <param name="time">When a row happened.</param>
    /// <param name="bin">How long a column is; columns begin at whole multiples of it since 1970-01-01 UTC.</param>
    /// <exception cref="ChainWatchException">More than 2,000 columns would be needed.</exception>
    public static Chart ToTimeChart<T>(this IEnumerable<T> rows, Func<T, DateTimeOffset?> time, TimeSpan bin) =>
        ToTimeChart(rows, time, bin, "", group => (group.Count(), Cell.NumberText(group.Count())));

    private static Chart ToTimeChart<T>(IEnumerable<T> rows, Func<T, DateTimeOffset?> time, TimeSpan bin, string unit, Func<IEnumerable<T>, (double Value, string Text)> sum)
    {
        if (bin <= TimeSpan.Zero)
        {
            throw new ChainWatchException($"time chart with columns of {Duration.Of(bin)}: expected more than nothing");
        }

        ILookup<bool, T> known = rows.ToLookup(row => time(row) is not null);
        Dictionary<long, T[]> bins = known[true].GroupBy(row => BinOf(time(row)!.Value, bin)).ToDictionary(g => g.Key, g => g.ToArray());
        long first = bins.Keys.DefaultIfEmpty(0).Min();
        long count = bins.Count == 0 ? 0 : bins.Keys.Max() - first + 1;
        if (count > ColumnsMax)
        {
            throw new ChainWatchException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"time chart of {count:N0} columns of {Duration.Of(bin)}: expected at most {ColumnsMax:N0}; give longer columns"));
        }

        int without = known[false].Count();
        DateTimeOffset start = DateTimeOffset.UnixEpoch + (first * bin);
        TimeAxis axis = new(start, bin, without == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{without:N0} without a time {(without == 1 ? "is" : "are")} not shown"));
        ChartBar[] columns = new ChartBar[count];
        for (int i = 0; i < columns.Length; i++)
        {
            (double value, string text) = bins.TryGetValue(first + i, out T[]? group) ? sum(group) : (0, "0");
            columns[i] = value >= 0 ? ChartBar.Of(axis.Text(i), value, text) : throw new ChainWatchException($"time chart: {text} at {axis.Text(i)}; expected no negative sum");
        }

        return new Chart(columns, unit, axis);
    }

    private static (double Value, string Text) Drawn(AssetAmount amount) => (amount.ToDouble(), amount.ToString());

    // Rounded down, also before 1970.
    private static long BinOf(DateTimeOffset time, TimeSpan bin)
    {
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return (ticks / bin.Ticks) - (ticks % bin.Ticks < 0 ? 1 : 0);
    }
}
