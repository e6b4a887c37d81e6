using System.CommandLine;
using ChainWatch.Lists;
using ChainWatch.Sources;

namespace ChainWatch.Console.Arguments;

/// <summary>What a trace starts from: each seed given is a list of its own.</summary>
internal static class SeedsArgument
{
    private const string ListPrefix = "list:";

    public static Option<string[]> Option() => new("--from")
    {
        Description = "Where the funds came from: list:NAME, list:NAME/ENTITY (or an authority, or an incident), an address, or a file of addresses. Each is answered apart",
        HelpName = "SEEDS",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The lists, in the order given.</summary>
    public static IReadOnlyList<AddressList> Read(IEnumerable<string> seeds, ListSet lists)
    {
        List<AddressList> from = [.. seeds.Distinct(StringComparer.Ordinal).Select(seed => Read(seed, lists))];
        IGrouping<string, AddressList>? twice = from.GroupBy(list => list.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? from : throw new ChainWatchException($"--from: '{twice.Key}' is given twice");
    }

    private static AddressList Read(string seed, ListSet lists)
    {
        if (seed.StartsWith(ListPrefix, StringComparison.Ordinal))
        {
            string[] parts = seed[ListPrefix.Length..].Split('/', 2);
            AddressList list = lists[parts[0]];
            return parts.Length == 1 ? list : list.Select(parts[1]);
        }

        if (Address.TryParse(seed, out Address address))
        {
            return AddressList.Of(seed, address);
        }

        if (File.Exists(seed))
        {
            return AddressList.Of(seed, AddressFile.Read(seed).Select(row => row.Address));
        }

        if (!Directory.Exists(seed) && lists.AddressLists.FirstOrDefault(list => list.Name.Equals(seed.Split('/')[0], StringComparison.OrdinalIgnoreCase)) is not null)
        {
            throw new ChainWatchException($"--from '{seed}': there is no such file; did you mean '{ListPrefix}{seed}'?");
        }

        throw WalletsArgument.NeitherAddressNorFile("--from", seed, "list:NAME, an address or a file of addresses");
    }
}
