using System.CommandLine;
using ChainWatch.Sources;

namespace ChainWatch.Console.Arguments;

/// <summary>The watched wallets: addresses, and files of addresses.</summary>
internal static class WalletsArgument
{
    private const string Name = "--to";

    public static Option<string[]> Option(string description, bool required) => new(Name)
    {
        Description = description,
        HelpName = "ADDRESS|FILE",
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The wallets in the order given, each once, with the reference that a file gave it.</summary>
    public static IReadOnlyDictionary<Address, string> Read(IEnumerable<string> texts) => GivenAddresses.Read(texts, Name);

    /// <summary>The files among them.</summary>
    public static IEnumerable<string> Files(IEnumerable<string> texts) => GivenAddresses.Files(texts);
}
