using System.Security.Cryptography;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>
/// Who takes part. The seed, the bridge, the tokens, the mixer and the exchange are the real addresses; all others are
/// made from their names.
/// </summary>
/// <param name="Chain">The chain they are on.</param>
public sealed record RoninCast(Chain Chain)
{
    /// <summary>The listed address that took the funds.</summary>
    public Address Seed { get; } = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96", Chain);

    /// <summary>The Ronin bridge's contract.</summary>
    public Address Bridge { get; } = Address.Parse("0x1A2a1c938CE3eC39b6D47113c7955bAa9DD454F2", Chain);

    /// <summary>USDC's contract.</summary>
    public Address Usdc { get; } = Address.Parse("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", Chain);

    /// <summary>WETH's contract. Label: wrapper.</summary>
    public Address Weth { get; } = Address.Parse("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2", Chain);

    /// <summary>Tornado Cash's pool of 100 ether. Label: mixer.</summary>
    public Address Mixer { get; } = Address.Parse("0xA160cdAB225685dA1d56aa342Ad8841c3b53f291", Chain);

    /// <summary>A hot wallet of Binance. Label: exchange.</summary>
    public Address Exchange { get; } = Address.Parse("0x28C6c06298d514Db089934071355E5743bf21d60", Chain);

    /// <summary>A dex pool that pays out before it is paid. Label: dex.</summary>
    public Address Pool => Named("pool");

    /// <summary>A contract that pays what it gets to several. Label: splitter.</summary>
    public Address Splitter => Named("splitter");

    /// <summary>A contract without label that passes all on to <see cref="ForwardTarget"/>.</summary>
    public Address Forwarder => Named("forwarder");

    /// <summary>Whom the forwarder pays, by an internal call.</summary>
    public Address ForwardTarget => Named("forward target");

    /// <summary>A second forwarder, to <see cref="LateTarget"/>.</summary>
    public Address LateForwarder => Named("late forwarder");

    /// <summary>Is paid by an internal call in the middle of a block, and pays somebody before and somebody after, in the same block.</summary>
    public Address LateTarget => Named("late target");

    /// <summary>A contract whose inner call is undone. It keeps what it gets.</summary>
    public Address Reverter => Named("reverter");

    /// <summary>A contract that refuses plain payments.</summary>
    public Address Refuser => Named("refuser");

    /// <summary>A contract that creates others with value.</summary>
    public Address Creator => Named("creator");

    /// <summary>A token that calls itself USDC and is not.</summary>
    public Address FakeUsdc => Named("fake usdc");

    /// <summary>An ERC-721 collection.</summary>
    public Address Collection => Named("collection");

    /// <summary>A wallet that the mixer pays, asked for by an unrelated relayer: a lead, never a path.</summary>
    public Address Watched => Named("watched");

    /// <summary>An address made from a name: the same name is the same address.</summary>
    public Address Named(string name) =>
        Address.FromPayload(Chain, AddressKind.Evm, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 20));

    /// <summary>The seed's accomplices, in the order in which the story needs them: <c>wallet 1</c> and so on.</summary>
    public Address Wallet(int number) => Named($"wallet {number}");
}
