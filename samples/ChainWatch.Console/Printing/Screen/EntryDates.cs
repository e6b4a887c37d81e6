using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>When an entry came on and went off its list; an attribution counts from its document's date.</summary>
internal static class EntryDates
{
    public static string CameOn(ListEntry entry) => entry switch
    {
        Designation designation => designation.CameOn.ToString(),
        Attribution attribution => Words.Day(attribution.StatedOn),
        _ => "",
    };

    public static string WentOff(ListEntry entry) => (entry as Designation)?.WentOff?.ToString() ?? "";
}
