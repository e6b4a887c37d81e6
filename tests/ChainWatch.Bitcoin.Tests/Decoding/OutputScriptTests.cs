using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

public class OutputScriptTests
{
    private const string Hash20 = "65a16059864a2fdbc7c99a4723a8395bc6f188eb";
    private const string GenesisKey = "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f";
    private const string X = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private const string X31 = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f817";

    // As they were before BIP 350, and as it writes the same programs.
    private static readonly Dictionary<string, string> OldTexts = new(StringComparer.Ordinal)
    {
        ["bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx"] = "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        ["bc1sw50qa3jx3s"] = "bc1sw50qgdz25j",
        ["bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj"] = "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
    };

    /// <summary>
    /// Bitcoin Core's vectors of addresses and their scripts (key_io_valid.json). Versions of the file older than BIP 350
    /// write programs of version 1 and above in Bech32: such a text is no address any more, and the script's is in Bech32m.
    /// </summary>
    [SkippableFact]
    public void TryGetAddress_VectorsOfBitcoinCore()
    {
        using JsonDocument vectors = JsonDocument.Parse(TestVectors.Read("key_io_valid.json"));
        int count = 0;
        foreach (JsonElement vector in vectors.RootElement.EnumerateArray().Where(vector => !vector[2].GetProperty("isPrivkey").GetBoolean()))
        {
            string text = vector[0].GetString()!;
            Chain[] chains = vector[2].GetProperty("chain").GetString() switch
            {
                "main" => [Chain.Bitcoin],
                "test" => [Chain.BitcoinTestnet, Chain.BitcoinTestnet4, Chain.BitcoinSignet],
                "signet" => [Chain.BitcoinSignet],
                "regtest" => [Chain.BitcoinRegtest],
                string other => throw new InvalidDataException(other),
                null => throw new InvalidDataException(),
            };
            byte[] script = Convert.FromHexString(vector[1].GetString()!);
            foreach (Chain chain in chains)
            {
                OutputScript.TryGetAddress(chain, script, out ScriptKind kind, out Address address).ShouldBeTrue(text);
                if (OldTexts.TryGetValue(text, out string? written))
                {
                    Address.TryParse(text, chain, out _).ShouldBeFalse(text);
                }

                address.ToString().ShouldBe(written ?? text);
                address.ShouldBe(Address.Parse(written ?? text, chain));
                kind.ShouldBe(SlowScript.KindOf(script));
                count++;
            }
        }

        count.ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("76a914" + Hash20 + "88ac", ScriptKind.P2Pkh, "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i")]
    [InlineData("a91474f209f6ea907e2ea48f74fae05782ae8a66525787", ScriptKind.P2Sh, "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou")]
    [InlineData("0014751e76e8199196d454941c45d1b3a323f1433bd6", ScriptKind.P2Wpkh, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("41" + GenesisKey + "ac", ScriptKind.P2Pk, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]
    [InlineData("2102" + X + "ac", ScriptKind.P2Pk, "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH")]
    [InlineData("0020" + "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262", ScriptKind.P2Wsh, "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3")]
    [InlineData("5120" + X, ScriptKind.P2Tr, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")]
    [InlineData("6002751e", ScriptKind.WitnessProgram, "bc1sw50qgdz25j")]
    [InlineData("51024e73", ScriptKind.WitnessProgram, "bc1pfeessrawgf")]
    [InlineData("5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6", ScriptKind.WitnessProgram, "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y")]
    public void TryGetAddress_StandardForms(string script, ScriptKind kind, string address) => Require(script, kind, address);

    [Theory]
    [InlineData("", ScriptKind.NonStandard)]
    [InlineData("00", ScriptKind.NonStandard)]
    [InlineData("51", ScriptKind.NonStandard)]
    [InlineData("ac", ScriptKind.NonStandard)]
    [InlineData("ae", ScriptKind.NonStandard)]
    [InlineData("51ae", ScriptKind.NonStandard)]
    [InlineData("5151ae", ScriptKind.NonStandard)]
    [InlineData("5150ae", ScriptKind.NonStandard)]
    [InlineData("6a", ScriptKind.NullData)]
    [InlineData("6aff", ScriptKind.NullData)]
    [InlineData("6a4c", ScriptKind.NullData)]
    // Pushes of another length than what follows.
    [InlineData("76a913" + Hash20 + "88ac", ScriptKind.NonStandard)]
    [InlineData("76a915" + Hash20 + "88ac", ScriptKind.NonStandard)]
    [InlineData("a915" + Hash20 + "87", ScriptKind.NonStandard)]
    [InlineData("0015" + Hash20, ScriptKind.NonStandard)]
    [InlineData("5121" + X, ScriptKind.NonStandard)]
    [InlineData("511f" + X, ScriptKind.NonStandard)]
    [InlineData("ff", ScriptKind.NonStandard)]
    [InlineData("4cff", ScriptKind.NonStandard)]
    [InlineData("5141ff51ae", ScriptKind.NonStandard)]
    // One byte more or less.
    [InlineData("76a914" + Hash20 + "88", ScriptKind.NonStandard)]
    [InlineData("76a914" + Hash20 + "88acac", ScriptKind.NonStandard)]
    [InlineData("a914" + Hash20 + "8787", ScriptKind.NonStandard)]
    // Public keys with another prefix, or of another length than it tells.
    [InlineData("2104" + X + "ac", ScriptKind.NonStandard)]
    [InlineData("2100" + X + "ac", ScriptKind.NonStandard)]
    [InlineData("2101" + X + "ac", ScriptKind.NonStandard)]
    [InlineData("2105" + X + "ac", ScriptKind.NonStandard)]
    [InlineData("4102" + X + X + "ac", ScriptKind.NonStandard)]
    [InlineData("4105" + X + X + "ac", ScriptKind.NonStandard)]
    [InlineData("4108" + X + X + "ac", ScriptKind.NonStandard)]
    [InlineData("2102" + X + "ae", ScriptKind.NonStandard)]
    [InlineData("2202" + X + "ac", ScriptKind.NonStandard)]
    // Version 0 has programs of 20 and 32 bytes alone.
    [InlineData("0002751e", ScriptKind.NonStandard)]
    [InlineData("0010751e76e8199196d454941c45d1b3a323", ScriptKind.NonStandard)]
    [InlineData("0013751e76e8199196d454941c45d1b3a323f1433b", ScriptKind.NonStandard)]
    [InlineData("0021" + X + "00", ScriptKind.NonStandard)]
    [InlineData("0028751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6", ScriptKind.NonStandard)]
    // Programs have 2 to 40 bytes, and versions 0 to 16.
    [InlineData("510175", ScriptKind.NonStandard)]
    [InlineData("5100", ScriptKind.NonStandard)]
    [InlineData("5129" + X + "751e76e8199196d454", ScriptKind.NonStandard)]
    [InlineData("6129751e", ScriptKind.NonStandard)]
    [InlineData("6102751e", ScriptKind.NonStandard)]
    [InlineData("5002751e", ScriptKind.NonStandard)]
    [InlineData("4f02751e", ScriptKind.NonStandard)]
    // Bare multisig.
    [InlineData("512102" + X + "51ae", ScriptKind.Multisig)]
    [InlineData("5141" + GenesisKey + "51ae", ScriptKind.Multisig)]
    [InlineData("522102" + X + "2103" + X + "52ae", ScriptKind.Multisig)]
    [InlineData("522102" + X + "51ae", ScriptKind.NonStandard)]
    [InlineData("502102" + X + "51ae", ScriptKind.NonStandard)]
    [InlineData("002102" + X + "51ae", ScriptKind.NonStandard)]
    [InlineData("512102" + X + "52ae", ScriptKind.NonStandard)]
    [InlineData("512102" + X + "2103" + X + "51ae", ScriptKind.NonStandard)]
    [InlineData("512104" + X + "51ae", ScriptKind.NonStandard)]
    [InlineData("512002" + X31 + "51ae", ScriptKind.NonStandard)]
    [InlineData("512102" + X + "51ac", ScriptKind.NonStandard)]
    [InlineData("512102" + X + "5100ae", ScriptKind.NonStandard)]
    public void TryGetAddress_NoAddress(string script, ScriptKind kind)
    {
        Require(script, kind, address: null);
        SlowScript.KindOf(Convert.FromHexString(script)).ShouldBe(kind);
    }

    [Theory]
    [InlineData(1, 15, ScriptKind.Multisig)]
    [InlineData(15, 15, ScriptKind.Multisig)]
    [InlineData(16, 16, ScriptKind.Multisig)]
    [InlineData(16, 15, ScriptKind.NonStandard)]
    [InlineData(3, 2, ScriptKind.NonStandard)]
    [InlineData(1, 17, ScriptKind.NonStandard)]
    public void Classify_MultisigOfManyKeys(int required, int keys, ScriptKind kind)
    {
        string script = $"{0x50 + required:x2}{string.Concat(Enumerable.Repeat("2103" + X, keys))}{0x50 + keys:x2}ae";
        Require(script, kind, address: null);
    }

    [Fact]
    public void Classify_EveryWitnessVersionAndLength()
    {
        for (int version = 0; version <= 17; version++)
        {
            for (int length = 0; length <= 75; length++)
            {
                byte[] script = [(byte)(version == 0 ? 0 : 0x50 + version), (byte)length, .. new byte[length]];
                ScriptKind expected = (version, length) switch
                {
                    (0, 20) => ScriptKind.P2Wpkh,
                    (0, 32) => ScriptKind.P2Wsh,
                    (1, 32) => ScriptKind.P2Tr,
                    ( >= 1 and <= 16, >= 2 and <= 40) => ScriptKind.WitnessProgram,
                    _ => ScriptKind.NonStandard,
                };
                bool hasAddress = OutputScript.TryGetAddress(Chain.Bitcoin, script, out ScriptKind kind, out Address address);
                kind.ShouldBe(expected, $"version {version}, {length} bytes");
                hasAddress.ShouldBe(expected != ScriptKind.NonStandard);
                (hasAddress ? address : default).ShouldBe(hasAddress ? Address.FromWitnessProgram(Chain.Bitcoin, version, script.AsSpan(2)) : default);
            }
        }
    }

    [Fact]
    public void Classify_Payload()
    {
        RequirePayload("76a914" + Hash20 + "88ac", Hash20);
        RequirePayload("a914" + Hash20 + "87", Hash20);
        RequirePayload("0014" + Hash20, Hash20);
        RequirePayload("5120" + X, X);
        RequirePayload("6002751e", "751e");
        RequirePayload("2102" + X + "ac", "02" + X);
        RequirePayload("6a02751e", "");
        RequirePayload("512102" + X + "51ae", "");
        RequirePayload("51", "");
    }

    /// <summary>A program of version 0 that has neither 20 nor 32 bytes was handed out beside "not standard", which has no payload.</summary>
    [Fact]
    public void Classify_Version0OfAnotherLength_HasNoPayload() => RequirePayload("0002751e", "");

    private static void RequirePayload(string script, string expected)
    {
        OutputScript.Classify(Convert.FromHexString(script), out ReadOnlySpan<byte> payload);
        Convert.ToHexStringLower(payload).ShouldBe(expected);
    }

    private static void Require(string script, ScriptKind kind, string? address)
    {
        bool hasAddress = OutputScript.TryGetAddress(Chain.Bitcoin, Convert.FromHexString(script), out ScriptKind found, out Address paid);
        found.ShouldBe(kind);
        (hasAddress ? paid.ToString() : null).ShouldBe(address);
    }
}
