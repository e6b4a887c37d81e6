using System.Text.RegularExpressions;

namespace ChainWatch.Tests.Reporting;

/// <summary>Words that no output may say: they promise what no trace can know, or accuse.</summary>
internal static partial class BannedWords
{
    public static void ShouldNotOccurIn(string output) =>
        Banned().Matches(output).Select(m => m.Value).ShouldBeEmpty();

    [GeneratedRegex(@"\b(clean|safe|cleared|violation|violations|sanctioned|guilty|risk score|risk rating)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Banned();
}
