using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>What an answer of this kind does not say.</summary>
internal static class Limits
{
    public static void Write(Page page, TraceResult result)
    {
        page.Heading("What this does not say");
        page.Line("Exposure is not guilt. A hop is one transfer of value between two addresses, in chain order; amounts are those of the transfers, not a share of the funds.", 2, Styles.Faint);
        page.Line("No legal rule names a number of hops or a least amount. Lists are not exhaustive (OFAC FAQ 562); the 50 % rule is about ownership and is not assessed.", 2, Styles.Faint);
        if (result.Lists.Any(list => list.List.Entries.OfType<Attribution>().Any(e => e.Authority != Authority.User)))
        {
            page.Line("Attributed to somebody by a party is that party's statement, and no sanctions designation.", 2, Styles.Faint);
        }
    }
}
