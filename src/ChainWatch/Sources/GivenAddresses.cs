using ChainWatch.Encoding;

namespace ChainWatch.Sources;

/// <summary>Addresses as people give them: one by one, or in files of addresses.</summary>
public static class GivenAddresses
{
    /// <summary>Reads the addresses in the order given, each once, with the reference that a file gave it, or an empty one.</summary>
    /// <param name="texts">Addresses, and paths of files (<see cref="AddressFile"/>).</param>
    /// <param name="option">Where they were given, for messages: an option's or a key's name.</param>
    /// <exception cref="ChainWatchException">A text is neither, or a file cannot be read.</exception>
    public static IReadOnlyDictionary<Address, string> Read(IEnumerable<string> texts, string option)
    {
        OrderedDictionary<Address, string> addresses = [];
        foreach (string text in texts)
        {
            if (Address.TryParse(text, out Address address))
            {
                addresses.TryAdd(address, "");
            }
            else if (File.Exists(text))
            {
                foreach (AddressRow row in AddressFile.Read(text))
                {
                    addresses.TryAdd(row.Address, row.Ref ?? "");
                }
            }
            else
            {
                throw NeitherAddressNorFile(option, text, "an address or a file of addresses");
            }
        }

        return addresses;
    }

    /// <summary>The files among them, whether they are there or not.</summary>
    public static IEnumerable<string> Files(IEnumerable<string> texts) => texts.Where(text => !Address.TryParse(text, out _));

    /// <summary>The error for a text that names nothing: what looks like an address is told why it is none.</summary>
    internal static ChainWatchException NeitherAddressNorFile(string option, string text, string expected)
    {
        if (Directory.Exists(text))
        {
            return new ChainWatchException($"{option} '{text}': is a folder; expected {expected}");
        }

        bool looksLikeAddress = (text.Length >= 25 && text.All(char.IsAsciiLetterOrDigit)) || AddressInference.IsName(text);
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
