using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The lists that the answer used, with their versions.</summary>
internal static class ListsUsed
{
    public static void Write(Page page, TraceResult result)
    {
        TraceRequest request = result.Request;
        page.Heading("Lists used");
        TextTable table = new("!list", "!version", "!as of", "#rows", "for");
        foreach (IGrouping<string, AddressList> list in request.From.Where(l => l.Manifest is not null).GroupBy(l => l.Manifest!.Name))
        {
            Add(table, list.First().Manifest!, "seeds and screening");
        }

        foreach (AddressList list in (request.Lists?.AddressLists ?? []).Where(l => l.Manifest is not null && !request.From.Any(f => f.Manifest?.Name == l.Name)))
        {
            Add(table, list.Manifest!, "screening");
        }

        foreach (Labels.StopList list in request.Stops.Lists)
        {
            if (list.Manifest is ListManifest manifest)
            {
                Add(table, manifest, "stops");
            }
            else
            {
                table.Add(list.Name, "", "", Words.Number(list.Labels.Count), "stops, the user's own");
            }
        }

        if (request.Tokens.Manifest is ListManifest tokens)
        {
            Add(table, tokens, "tokens");
        }

        page.Write(table);
    }

    private static void Add(TextTable table, ListManifest manifest, string purpose) =>
        table.Add(manifest.Name, manifest.Version, Words.Day(manifest.AsOf), Words.Number(manifest.Count), purpose);
}
