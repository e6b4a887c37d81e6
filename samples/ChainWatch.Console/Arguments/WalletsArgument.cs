using System.CommandLine;
using ChainWatch.Sources;

namespace ChainWatch.Console.Arguments;

/// <summary>The watched wallets: addresses, and files of addresses.</summary>
internal static class WalletsArgument
{
    public static Option<string[]> Option(string description, bool required) => new("--to")
    {
        Description = description,
        HelpName = "ADDRESS|FILE",
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The wallets in the order given, each once, with the reference that a file gave it.</summary>
    public static IReadOnlyDictionary<Address, string> Read(IEnumerable<string> texts)
    {
        OrderedDictionary<Address, string> wallets = [];
        foreach (string text in texts)
        {
            if (Address.TryParse(text, out Address address))
            {
                wallets.TryAdd(address, "");
            }
            else if (File.Exists(text))
            {
                foreach (AddressRow row in AddressFile.Read(text))
                {
                    wallets.TryAdd(row.Address, row.Ref ?? "");
                }
            }
            else
            {
                throw NeitherAddressNorFile("--to", text, "an address or a file of addresses");
            }
        }

        return wallets;
    }

    /// <summary>The error for a text that names nothing: what looks like an address is told why it is none.</summary>
    public static ChainWatchException NeitherAddressNorFile(string option, string text, string expected)
    {
        if (Directory.Exists(text))
        {
            return new ChainWatchException($"{option} '{text}': is a folder; expected {expected}");
        }

        bool looksLikeAddress = text.Length >= 25 && text.All(char.IsAsciiLetterOrDigit);
        try
        {
            Address.Parse(text);
        }
        catch (ChainWatchException e) when (looksLikeAddress)
        {
            return new ChainWatchException($"{option}: {e.Message}", e);
        }
        catch (ChainWatchException)
        {
            // It is no address, and was hardly meant as one.
        }

        return new ChainWatchException($"{option} '{text}': there is no such file; expected {expected}");
    }
}
