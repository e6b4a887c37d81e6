namespace ChainWatch.Tests.Encoding;

public class SegWitAddressTests
{
    [Theory] // BIP 350, valid addresses with their scriptPubKey
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("BC1SW50QGDZ25J", "6002751e")]
    [InlineData("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323")]
    [InlineData("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    public void Parse_Valid_PaysTheScript(string text, string script)
    {
        Chain chain = text.StartsWith("tb", StringComparison.Ordinal) ? Chain.BitcoinTestnet : Chain.Bitcoin;
        Address address = Address.Parse(text, chain);
        byte[] bytes = Convert.FromHexString(script);
        int version = bytes[0] == 0 ? 0 : bytes[0] - 0x50;
        address.ShouldBe(Address.FromWitnessProgram(chain, version, bytes.AsSpan(2)));
        address.ToString().ShouldBe(text.ToLowerInvariant());
        address.Kind.ShouldBe((version, bytes[1]) switch
        {
            (0, 20) => AddressKind.P2Wpkh,
            (0, 32) => AddressKind.P2Wsh,
            (1, 32) => AddressKind.P2Tr,
            _ => AddressKind.Text,
        });
    }

    [Theory] // BIP 173 and BIP 350, invalid addresses
    [InlineData("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", null)]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "Bech32m one")]
    [InlineData("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf", "Bech32m one")]
    [InlineData("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", "Bech32m one")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "witness version 0 has a Bech32 one")]
    [InlineData("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47", "witness version 0 has a Bech32 one")]
    [InlineData("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "does not use ('o')")]
    [InlineData("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "witness version from 0 to 16")]
    [InlineData("bc1pw5dgrnzv", "of 1 bytes")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", "of 41 bytes")]
    [InlineData("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "of 16 bytes")]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "mixes upper and lower case")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "padding")]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "padding")]
    [InlineData("bc1gmk9yu", "witness version")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "wrong Bech32 checksum")]
    public void Parse_Invalid_SaysWhy(string text, string? why)
    {
        Chain chain = text.StartsWith("tb", StringComparison.Ordinal) ? Chain.BitcoinTestnet : Chain.Bitcoin;
        string message = Should.Throw<ChainWatchException>(() => Address.Parse(text, chain)).Message;
        message.ShouldStartWith($"'{text}' ");
        message.ShouldContain(why ?? "is no address of bitcoin");
        Address.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void FromWitnessProgram_EveryVersionAndLength_RoundTripsWhereAllowed()
    {
        byte[] program = Enumerable.Range(1, 45).Select(i => (byte)(i * 37)).ToArray();
        for (int version = -1; version <= 17; version++)
        {
            for (int length = 0; length <= 42; length++)
            {
                bool isAllowed = version is >= 0 and <= 16 && length is >= 2 and <= 40 && (version > 0 || length is 20 or 32);
                foreach (Chain chain in new[] { Chain.Bitcoin, Chain.BitcoinSignet, Chain.BitcoinRegtest })
                {
                    if (!isAllowed)
                    {
                        Should.Throw<ChainWatchException>(() => Address.FromWitnessProgram(chain, version, program.AsSpan(0, length)));
                        continue;
                    }

                    Address address = Address.FromWitnessProgram(chain, version, program.AsSpan(0, length));
                    Address.Parse(address.ToString(), chain).ShouldBe(address);
                    Address.Parse(address.ToString().ToUpperInvariant(), chain).ShouldBe(address);
                }
            }
        }

        Should.Throw<ChainWatchException>(() => Address.FromWitnessProgram(Chain.Ethereum, 1, program.AsSpan(0, 32)));
    }
}
