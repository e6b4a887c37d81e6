using System.Numerics;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>
/// What happens in which block after the theft. Amounts are in ether or USDC; every actor who pays without having been
/// paid has an opening balance.
/// </summary>
/// <remarks>
/// The theft's two transactions stand in the blocks of the real ones (14442835: 173,600 ETH; 14442840: 25.5 million USDC).
/// What follows is made up, so that each kind of value move occurs.
/// </remarks>
internal sealed class RoninStory(RoninCast cast, TestContracts contracts)
{
    private readonly CompiledContract _erc20 = contracts["Erc20"];
    private readonly CompiledContract _pool = contracts["DexPool"];
    private readonly CompiledContract _weth = contracts["WrappedEther"];
    private readonly CompiledContract _nft = contracts["Erc721"];

    /// <summary>What the actors have before the first block, in wei.</summary>
    public Dictionary<Address, BigInteger> OpeningBalances { get; } = new()
    {
        [cast.Bridge] = Ether(180_000),
        [cast.Pool] = Ether(5_000),
        [cast.Exchange] = Ether(20_000),
        [cast.Wallet(1)] = Ether(3),
        [cast.Wallet(10)] = Ether(1),
        [cast.LateTarget] = Ether(5),
        [cast.Named("stranger")] = Ether(2_000),
    };

    /// <summary>Adds what happens in the block this many blocks after the theft, if anything.</summary>
    /// <param name="plan">The block.</param>
    /// <param name="offset">0 for the block of the theft.</param>
    /// <param name="created">The contract that an earlier block's creation made: by its name in the story.</param>
    /// <returns>The name under which a contract that this block creates is known from now on, or null.</returns>
    public string? Play(BlockPlan plan, int offset, IReadOnlyDictionary<string, Address> created)
    {
        if (offset >= 40)
        {
            return PlayTraps(plan, offset, created);
        }

        Address stranger = cast.Named("stranger");
        switch (offset)
        {
            case 0:
                plan.Mint(cast.Usdc, cast.Bridge, Dollars(25_500_000)).Mint(cast.Usdc, cast.Pool, Dollars(9_000_000)).Mint(cast.Usdc, stranger, Dollars(500_000))
                    .Mint(cast.FakeUsdc, cast.Wallet(7), Dollars(1_000_000))
                    .Call(cast.Wallet(1), cast.Collection, 0, _nft.Call("mint", cast.Wallet(1), (BigInteger)7))
                    .Pay(cast.Bridge, cast.Seed, Ether(173_600));
                break;
            case 1:
                // A launderer pays somebody before any of the funds reached him.
                plan.Pay(cast.Wallet(1), cast.Named("paid early"), Ether(3));
                break;
            case 3:
                plan.Call(stranger, cast.Mixer, Ether(100), contracts["Mixer"].Call("deposit"));
                break;
            case 5:
                plan.Token(cast.Usdc, cast.Bridge, cast.Seed, Dollars(25_500_000));
                break;
            case 7:
                plan.Pay(cast.Seed, cast.Wallet(1), Ether(10_000)).Pay(cast.Seed, cast.Wallet(2), Ether(6_000));
                break;
            case 9:
                plan.Pay(cast.Wallet(1), cast.Wallet(3), Ether(4_000));
                break;
            case 11:
                plan.Pay(cast.Wallet(3), cast.Wallet(4), Ether(2_000));
                break;
            case 13:
                plan.Pay(cast.Wallet(4), cast.Wallet(5), Ether(1_000));
                break;
            case 15:
                plan.Pay(cast.Wallet(5), cast.Wallet(6), Ether(500));
                break;
            case 17:
                plan.Call(cast.Wallet(1), cast.Forwarder, Ether(500), "0x", plan.Inner(cast.Forwarder, cast.ForwardTarget, Ether(500)));
                break;
            case 19:
                Address[] shares = [cast.Named("share 1"), cast.Named("share 2"), cast.Named("share 3")];
                plan.Call(cast.Wallet(2), cast.Splitter, Ether(300), contracts["Splitter"].Call("split", [shares]), [.. shares.Select(s => plan.Inner(cast.Splitter, s, Ether(100)))]);
                break;
            case 21:
                plan.Token(cast.Usdc, cast.Seed, cast.Wallet(7), Dollars(5_000_000));
                break;
            case 23:
                plan.Token(cast.Usdc, cast.Wallet(7), cast.Wallet(8), Dollars(1_000_000));
                break;
            case 24:
                plan.Call(cast.Wallet(8), cast.Usdc, 0, _erc20.Call("approve", cast.Pool, Dollars(1_000_000)));
                break;
            case 25:
                // The pool pays ether first and pulls the USDC after.
                plan.Call(
                    cast.Wallet(8), cast.Pool, 0, _pool.Call("sell", cast.Usdc, Dollars(1_000_000), Ether(300), cast.Named("sale recipient")),
                    plan.Inner(cast.Pool, cast.Named("sale recipient"), Ether(300)), BlockPlan.Paid(cast.Usdc, cast.Wallet(8), cast.Pool, Dollars(1_000_000)));
                break;
            case 27:
                plan.Call(
                    cast.Wallet(2), cast.Pool, Ether(100), _pool.Call("buy", cast.Usdc, Dollars(250_000), cast.Named("purchase recipient")),
                    BlockPlan.Paid(cast.Usdc, cast.Pool, cast.Named("purchase recipient"), Dollars(250_000)));
                break;
            case 29:
                // Somebody else's swap, later: the pool is a counterparty and no conduit.
                plan.Call(
                    stranger, cast.Pool, Ether(10), _pool.Call("buy", cast.Usdc, Dollars(25_000), cast.Named("stranger's recipient")),
                    BlockPlan.Paid(cast.Usdc, cast.Pool, cast.Named("stranger's recipient"), Dollars(25_000)));
                break;
            case 31:
                plan.Call(cast.Wallet(1), cast.Mixer, Ether(100), contracts["Mixer"].Call("deposit"));
                break;
            case 33:
                plan.Call(cast.Wallet(2), cast.Reverter, Ether(50), contracts["Reverter"].Call("attempt", cast.Named("never paid")));
                break;
            case 35:
                plan.Fail(cast.Wallet(1), cast.Refuser, Ether(7));
                break;
            case 37:
                plan.Create(cast.Wallet(2), "Suicidal", Ether(40));
                return "suicidal";
            case 39:
                plan.Call(
                    cast.Wallet(2), created["suicidal"], 0, contracts["Suicidal"].Call("die", cast.Named("beneficiary")),
                    plan.Inner(created["suicidal"], cast.Named("beneficiary"), Ether(40)));
                break;
        }

        return null;
    }

    private string? PlayTraps(BlockPlan plan, int offset, IReadOnlyDictionary<string, Address> created)
    {
        Address stranger = cast.Named("stranger");
        switch (offset)
        {
            case 40:
                plan.Call(cast.Named("relayer"), cast.Mixer, 0, contracts["Mixer"].Call("withdraw", cast.Watched), plan.Inner(cast.Mixer, cast.Watched, Ether(100)));
                break;
            case 41:
                plan.Call(cast.Wallet(1), cast.Creator, Ether(20), contracts["Creator"].Call("make"), plan.Inner(cast.Creator, null, Ether(20)));
                return "vault";
            case 43:
                plan.Call(
                    cast.Wallet(1), created["vault"], 0, contracts["Vault"].Call("sweep", cast.Named("sweep target")),
                    plan.Inner(created["vault"], cast.Named("sweep target"), Ether(20)));
                break;
            case 45:
                Move once = BlockPlan.Paid(cast.Usdc, cast.Wallet(7), cast.Named("twin"), Dollars(1_000));
                plan.Call(cast.Wallet(7), cast.Usdc, 0, _erc20.Call("transferTwice", cast.Named("twin"), Dollars(1_000)), once, once);
                break;
            case 47:
                plan.Token(cast.FakeUsdc, cast.Wallet(7), cast.Named("fake bystander"), Dollars(1_000_000));
                break;
            case 49:
                plan.Call(cast.Wallet(3), cast.Weth, Ether(10), _weth.Call("deposit"), BlockPlan.Paid(cast.Weth, cast.Weth, cast.Wallet(3), Ether(10)));
                break;
            case 51:
                plan.Token(cast.Weth, cast.Wallet(3), cast.Named("weth holder"), Ether(4));
                break;
            case 53:
                plan.Call(
                    cast.Named("weth holder"), cast.Weth, 0, _weth.Call("withdraw", Ether(4)),
                    BlockPlan.Paid(cast.Weth, cast.Named("weth holder"), cast.Weth, Ether(4)), plan.Inner(cast.Weth, cast.Named("weth holder"), Ether(4)));
                break;
            case 54:
                // Somebody else wraps: the wrapper is closed across transactions. A plain payment wraps too.
                plan.Call(stranger, cast.Weth, Ether(2), "0x", BlockPlan.Paid(cast.Weth, cast.Weth, stranger, Ether(2)));
                break;
            case 55:
                plan.Pay(cast.Wallet(1), cast.Exchange, Ether(1_000));
                break;
            case 57 or 60 or 66 or 80:
                plan.Pay(cast.Exchange, cast.Named($"customer {offset}"), Ether(offset));
                break;
            case 59:
                plan.Pay(cast.Wallet(1), cast.Named("dusted"), 1_000);
                break;
            case 61:
                plan.Pay(cast.Wallet(1), cast.Named("paid nothing"), 0).Token(cast.Usdc, cast.Wallet(7), cast.Named("paid nothing"), 0);
                break;
            case 63:
                plan.Call(cast.Wallet(1), cast.Collection, 0, _nft.Call("transferFrom", cast.Wallet(1), cast.Named("collector"), (BigInteger)7));
                break;
            case 67:
                // In one block, but before.
                plan.Pay(cast.Wallet(10), cast.Named("paid earlier in the block"), Ether(1)).Pay(cast.Seed, cast.Wallet(10), Ether(2));
                break;
            case 69:
                plan.Pay(cast.LateTarget, cast.Named("before the internal call"), Ether(1))
                    .Call(cast.Wallet(1), cast.LateForwarder, Ether(10), "0x", plan.Inner(cast.LateForwarder, cast.LateTarget, Ether(10)))
                    .Pay(cast.LateTarget, cast.Named("after the internal call"), Ether(2));
                break;
        }

        return null;
    }

    /// <summary>Whole ether, in wei.</summary>
    public static BigInteger Ether(long ether) => ether * BigInteger.Pow(10, 18);

    private static BigInteger Dollars(long dollars) => (BigInteger)dollars * 1_000_000;
}
