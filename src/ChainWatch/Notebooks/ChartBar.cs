namespace ChainWatch.Notebooks;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Text">The value for people, exact.</param>
internal sealed record ChartBar(string Label, double Value, string Text)
{
    /// <summary>A bar; a value that cannot be drawn is an error, and no gap.</summary>
    public static ChartBar Of(object? label, double value, string text)
    {
        string name = Cell.Of(label).Text;
        return double.IsFinite(value)
            ? new ChartBar(name, value, text)
            : throw new ChainWatchException($"chart: the value of '{name}' is {Cell.NumberText(value)}; expected a finite number");
    }
}
