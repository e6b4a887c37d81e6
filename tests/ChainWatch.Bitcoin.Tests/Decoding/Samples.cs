namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Small real data that needs no file.</summary>
internal static class Samples
{
    public const string GenesisHash = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

    public const string SegWitId = "e8151a2af31c368a35053ddd4bdb285a8595c769a3ad83e0fa02314a602d4609";

    private const string GenesisTransaction =
        "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d657320"
        + "30332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73"
        + "ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e5"
        + "1ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

    /// <summary>Block 0 of Bitcoin, 285 bytes.</summary>
    public static byte[] GenesisBlock => Convert.FromHexString(
        "01000000" + new string('0', 64) + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c" + "01" + GenesisTransaction);

    /// <summary>Its one transaction, without witness.</summary>
    public static byte[] Coinbase => Convert.FromHexString(GenesisTransaction);

    /// <summary>The example "Native P2WPKH" of BIP 143, signed: two inputs, one of them with a witness of two items.</summary>
    public static byte[] SegWit => Convert.FromHexString(
        "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830450221008b9d1dc26ba6a9cb62127b"
        + "02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51"
        + "e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f"
        + "85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c"
        + "80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476"
        + "c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000");
}
