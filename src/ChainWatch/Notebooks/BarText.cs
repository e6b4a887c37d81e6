using System.Text;

namespace ChainWatch.Notebooks;

/// <summary>Horizontal bars of Unicode blocks.</summary>
internal static class BarText
{
    private const int LabelMax = 44;
    private const int BarMin = 10;
    private const string Eighths = " ▏▎▍▌▋▊▉";

    public static string Write(Chart chart, int width)
    {
        StringBuilder text = new();
        TextLines.Append(text, chart.Title, width);
        int numbers = chart.Bars.Select(b => TerminalText.WidthOf(b.Text)).Append(0).Max();
        int labels = Math.Min(chart.Bars.Select(b => TerminalText.WidthOf(b.Label)).Append(0).Max(), Math.Max(8, Math.Min(LabelMax, width - numbers - BarMin - 4)));
        int room = Math.Max(BarMin, width - labels - numbers - 4);
        double max = chart.Bars.Select(b => b.Value).Append(0).Max();
        double min = chart.Bars.Select(b => b.Value).Append(0).Min();
        // Half of each: the distance of two huge values is a number, too.
        double distance = (max / 2) - (min / 2);
        int left = distance == 0 ? 0 : (int)Math.Round(room * (-min / 2 / distance));
        foreach (ChartBar bar in chart.Bars)
        {
            text.Append(TerminalText.PadRight(TerminalText.Cut(bar.Label, labels), labels)).Append(' ')
                .Append(Bar(bar.Value, min, max, left, room - left)).Append(' ').Append(bar.Text).Append('\n');
        }

        TextLines.Append(text, chart.Bars.Count == 0 ? "(no rows)" : "", width);
        TextLines.Append(text, chart.Notes, width);
        return text.ToString();
    }

    // Left of zero there are no eighths: only whole blocks and halves.
    private static string Bar(double value, double min, double max, int left, int right)
    {
        int back = value < 0 ? Math.Max(1, (int)Math.Round(value / min * left * 2)) : 0;
        string before = back == 0 ? new string(' ', left) : $"{(back % 2 == 1 ? "▐" : "")}{new string('█', back / 2)}".PadLeft(left);
        if (value <= 0)
        {
            return left == 0 ? "▏" : before + (value == 0 ? "▏" : "");
        }

        // What is not zero is seen.
        int eighths = Math.Max(1, (int)Math.Round(value / max * right * 8));
        return before + new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : Eighths[eighths % 8]);
    }
}
