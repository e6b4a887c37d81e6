using System.Globalization;

namespace ChainWatch.Lists.Ofac;

/// <summary>A date of SDN_ADVANCED.XML: the elements Year, Month and Day.</summary>
internal static class AdvancedDate
{
    /// <summary>Reads the current element.</summary>
    public static DateOnly Read(OfacXml xml)
    {
        int year = 0, month = 0, day = 0;
        foreach (string element in xml.Children())
        {
            switch (element)
            {
                case "Year":
                    year = Number(xml.Text());
                    break;
                case "Month":
                    month = Number(xml.Text());
                    break;
                case "Day":
                    day = Number(xml.Text());
                    break;
                default:
                    break;
            }
        }

        return year is >= 1900 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : throw xml.Error("no valid date: expected Year, Month and Day");
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
