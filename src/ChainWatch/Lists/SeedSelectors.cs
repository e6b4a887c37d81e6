using ChainWatch.Sources;

namespace ChainWatch.Lists;

/// <summary>
/// What a trace starts from, as people write it: <c>list:NAME</c>, <c>list:NAME/ENTITY</c> (or an authority, or an incident), an
/// address, or a file of addresses. Each is a list of its own.
/// </summary>
public static class SeedSelectors
{
    private const string ListPrefix = "list:";
    private const string Expected = "list:NAME, an address or a file of addresses";

    /// <summary>Reads the lists, in the order given; what is given twice counts once.</summary>
    /// <param name="texts">What was given.</param>
    /// <param name="lists">The lists at hand.</param>
    /// <param name="option">Where it was given, for messages: an option's or a key's name.</param>
    /// <exception cref="ChainWatchException">A text names nothing, or two name the same list.</exception>
    public static IReadOnlyList<AddressList> Read(IEnumerable<string> texts, ListSet lists, string option)
    {
        List<AddressList> from = [.. texts.Distinct(StringComparer.Ordinal).Select(text => Read(text, lists, option))];
        IGrouping<string, AddressList>? twice = from.GroupBy(list => list.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? from : throw new ChainWatchException($"{option}: '{twice.Key}' is given twice");
    }

    /// <summary>The files among them, whether they are there or not.</summary>
    public static IEnumerable<string> Files(IEnumerable<string> texts) =>
        texts.Where(text => !text.StartsWith(ListPrefix, StringComparison.Ordinal) && !Address.TryParse(text, out _));

    private static AddressList Read(string text, ListSet lists, string option)
    {
        if (text.StartsWith(ListPrefix, StringComparison.Ordinal))
        {
            string[] parts = text[ListPrefix.Length..].Split('/', 2);
            AddressList list = lists[parts[0]];
            return parts.Length == 1 ? list : list.Select(parts[1]);
        }

        if (Address.TryParse(text, out Address address))
        {
            return AddressList.Of(text, address);
        }

        if (File.Exists(text))
        {
            return AddressList.Of(text, AddressFile.Read(text).Select(row => row.Address));
        }

        if (!Directory.Exists(text) && lists.AddressLists.FirstOrDefault(list => list.Name.Equals(text.Split('/')[0], StringComparison.OrdinalIgnoreCase)) is not null)
        {
            throw new ChainWatchException($"{option} '{text}': there is no such file; did you mean '{ListPrefix}{text}'?");
        }

        string[] named = [.. lists.AddressLists
            .Select(list => (list.Name, Entry: list.Entries.FirstOrDefault(e => e.Entity.Equals(text, StringComparison.OrdinalIgnoreCase))))
            .Where(l => l.Entry is not null)
            .Select(l => $"'{ListPrefix}{l.Name}/{l.Entry!.Entity}'")];
        if (named.Length > 0)
        {
            throw new ChainWatchException($"{option} '{text}': there is no such file; did you mean {string.Join(", ", named)}?");
        }

        throw GivenAddresses.NeitherAddressNorFile(option, text, Expected);
    }
}
