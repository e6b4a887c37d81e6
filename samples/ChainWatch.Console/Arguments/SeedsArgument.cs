using System.CommandLine;
using ChainWatch.Lists;

namespace ChainWatch.Console.Arguments;

/// <summary>What a trace starts from: each seed given is a list of its own.</summary>
internal static class SeedsArgument
{
    private const string Name = "--from";

    public static Option<string[]> Option() => new(Name)
    {
        Description = "Where the funds came from: list:NAME, list:NAME/ENTITY (or an authority, or an incident), an address, or a file of addresses. Each is answered apart",
        HelpName = "SEEDS",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The lists, in the order given.</summary>
    public static IReadOnlyList<AddressList> Read(IEnumerable<string> seeds, ListSet lists) => SeedSelectors.Read(seeds, lists, Name);
}
