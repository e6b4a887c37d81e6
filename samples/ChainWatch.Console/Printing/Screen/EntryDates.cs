using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>When an entry came on and went off its list; an attribution from its document's date, where it has one.</summary>
internal static class EntryDates
{
    public static string CameOn(ListEntry entry) => entry switch
    {
        Designation designation => designation.CameOn.ToString(),
        Attribution attribution => Words.Day(attribution.DatedOn),
        _ => "",
    };

    public static string WentOff(ListEntry entry) => (entry as Designation)?.WentOff?.ToString() ?? "";
}
