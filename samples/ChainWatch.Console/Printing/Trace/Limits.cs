namespace ChainWatch.Console.Printing.Trace;

/// <summary>What an answer of this kind does not say.</summary>
internal static class Limits
{
    public static void Write(Page page)
    {
        page.Heading("What this does not say");
        page.Line("Exposure is not guilt; amounts are whole transfers; an attribution is no sanctions designation.", 2, Styles.Faint);
        page.Line("No law sets hops; lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed.", 2, Styles.Faint);
    }
}
