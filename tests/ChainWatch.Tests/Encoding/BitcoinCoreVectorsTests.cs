using System.Text.Json;

namespace ChainWatch.Tests.Encoding;

/// <summary>Bitcoin Core's own address vectors, of a version before BIP 350.</summary>
public class BitcoinCoreVectorsTests
{
    // Valid under BIP 173, which used one checksum for every witness version. BIP 350 replaced it for versions above 0.
    private static readonly string[] OutdatedByBip350 =
    [
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx",
        "bc1sw50qa3jx3s",
        "bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj",
    ];

    [SkippableFact]
    public void KeyIoValid_EveryAddress_PaysTheScript()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestData.Real("vectors/key_io_valid.json")));
        int addresses = 0;
        int outdated = 0;
        int privateKeys = 0;
        foreach (JsonElement row in document.RootElement.EnumerateArray())
        {
            string text = row[0].GetString()!;
            Chain[] chains = ChainsOf(row[2].GetProperty("chain").GetString()!);
            if (row[2].GetProperty("isPrivkey").GetBoolean())
            {
                privateKeys++;
                chains.Any(c => Address.TryParse(text, c, out _)).ShouldBeFalse(text);
                continue;
            }

            foreach (Chain chain in chains)
            {
                if (OutdatedByBip350.Contains(text))
                {
                    Should.Throw<ChainWatchException>(() => Address.Parse(text, chain)).Message.ShouldContain("BIP 350");
                    continue;
                }

                Address address = Address.Parse(text, chain);
                ScriptOf(address).ShouldBe(row[1].GetString(), text);
                address.Chain.ShouldBe(chain);
                address.ToString().ShouldBe(text);
                if (row[2].TryGetProperty("tryCaseFlip", out JsonElement flip) && flip.GetBoolean())
                {
                    Address.Parse(text.ToUpperInvariant(), chain).ShouldBe(address);
                }
            }

            addresses++;
            outdated += OutdatedByBip350.Contains(text) ? 1 : 0;
        }

        addresses.ShouldBe(35);
        outdated.ShouldBe(3);
        privateKeys.ShouldBe(27);
    }

    [SkippableFact]
    public void KeyIoInvalid_EveryText_IsRefusedOnEveryNetworkAndWithoutOne()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestData.Real("vectors/key_io_invalid.json")));
        string[] texts = [.. document.RootElement.EnumerateArray().Select(row => row[0].GetString()!)];
        texts.Length.ShouldBe(60);
        foreach (string text in texts)
        {
            foreach (Chain chain in new[] { Chain.Bitcoin, Chain.BitcoinTestnet, Chain.BitcoinTestnet4, Chain.BitcoinSignet, Chain.BitcoinRegtest })
            {
                Address.TryParse(text, chain, out _).ShouldBeFalse($"'{text}' on {chain}");
            }

            Address.TryParse(text, out Address address).ShouldBeFalse($"'{text}' as {address}");
        }
    }

    private static Chain[] ChainsOf(string name) => name switch
    {
        "main" => [Chain.Bitcoin],
        "test" => [Chain.BitcoinTestnet, Chain.BitcoinTestnet4, Chain.BitcoinSignet],
        "testnet4" => [Chain.BitcoinTestnet4],
        "signet" => [Chain.BitcoinSignet],
        "regtest" => [Chain.BitcoinRegtest],
        _ => throw new InvalidOperationException($"unknown network {name}"),
    };

    private static string ScriptOf(Address address)
    {
        byte[] payload = new byte[address.PayloadLength];
        address.CopyPayload(payload);
        string hex = Convert.ToHexStringLower(payload);
        return address.Kind switch
        {
            AddressKind.P2Pkh => $"76a914{hex}88ac",
            AddressKind.P2Sh => $"a914{hex}87",
            AddressKind.P2Wpkh => $"0014{hex}",
            AddressKind.P2Wsh => $"0020{hex}",
            AddressKind.P2Tr => $"5120{hex}",
            _ => throw new InvalidOperationException($"{address} is of kind {address.Kind}"),
        };
    }
}
