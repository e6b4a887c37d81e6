using System.Globalization;

namespace ChainWatch.Notebooks;

/// <summary>An axis of numbers with round ticks: steps of 1, 2 or 5 times a power of ten.</summary>
internal sealed class Scale
{
    private static readonly double[] Multiples = [1, 2, 5, 10];
    private static readonly (double From, double Unit, string Suffix)[] Suffixes = [(1e12, 1e12, "T"), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k")];

    /// <summary>An axis that holds zero and all values.</summary>
    /// <param name="values">Finite values; may be none.</param>
    /// <param name="ticks">About how many steps it has.</param>
    public Scale(IEnumerable<double> values, int ticks)
    {
        double[] all = [.. values, 0];
        // Half of each, so that the distance of two huge values is a number, too.
        double min = all.Min() / 2;
        double max = all.Max() / 2;
        if (min == max)
        {
            max = 0.5;
        }

        double raw = (max - min) / ticks * 2;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = double.IsFinite(power) && power > 0 ? Multiples.Select(m => m * power).First(s => s >= raw * (1 - 1e-9)) : raw;
        int first = (int)Math.Floor((min * 2 / step) + 1e-9);
        int last = (int)Math.Ceiling((max * 2 / step) - 1e-9);
        Ticks = [.. Enumerable.Range(first, last - first + 1).Select(i => i * step).Where(double.IsFinite)];
        (Min, Max) = (Math.Min(Ticks[0], min * 2), Math.Max(Ticks[^1], max * 2));
    }

    /// <summary>The lowest value of the axis, at most zero.</summary>
    public double Min { get; }

    /// <summary>The highest value of the axis, at least zero.</summary>
    public double Max { get; }

    /// <summary>The values at which lines stand, ascending; zero is one of them.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a value stands, from 0 (lowest) to 1.</summary>
    public double At(double value) => ((value / 2) - (Min / 2)) / ((Max / 2) - (Min / 2));

    /// <summary>A tick's name: <c>400k</c>, <c>1.5M</c>.</summary>
    public static string Text(double value)
    {
        double size = Math.Abs(value);
        foreach ((double from, double unit, string suffix) in Suffixes)
        {
            if (size >= from && size < 1e15)
            {
                return (value / unit).ToString("0.###", CultureInfo.InvariantCulture) + suffix;
            }
        }

        return Cell.NumberText(value);
    }
}
