namespace ChainWatch.TestNodes.Ronin;

/// <summary>Who is how far from the seed in the story, counted by hand.</summary>
internal sealed class RoninHops(RoninReenactment play)
{
    private readonly RoninCast _cast = play.Cast;

    /// <summary>The reached, by hops.</summary>
    public Dictionary<Address, int> Within4 => new()
    {
        [_cast.Seed] = 0,

        [_cast.Wallet(1)] = 1,
        [_cast.Wallet(2)] = 1,
        [_cast.Wallet(7)] = 1,
        [_cast.Wallet(10)] = 1,

        [_cast.Wallet(3)] = 2,
        [_cast.Wallet(8)] = 2,
        [_cast.Forwarder] = 2,
        [_cast.LateForwarder] = 2,
        [_cast.Splitter] = 2,
        [_cast.Pool] = 2,
        [_cast.Mixer] = 2,
        [_cast.Reverter] = 2,
        [_cast.Creator] = 2,
        [_cast.Exchange] = 2,
        [play.Suicidal] = 2,
        [_cast.Named("twin")] = 2,
        [_cast.Named("dusted")] = 2,

        [_cast.Wallet(4)] = 3,
        [_cast.ForwardTarget] = 3,
        [_cast.LateTarget] = 3,
        [_cast.Weth] = 3,
        [play.Vault] = 3,
        [_cast.Named("share 1")] = 3,
        [_cast.Named("share 2")] = 3,
        [_cast.Named("share 3")] = 3,
        [_cast.Named("purchase recipient")] = 3,
        [_cast.Named("beneficiary")] = 3,
        [_cast.Named("weth holder")] = 3,

        [_cast.Wallet(5)] = 4,
        [_cast.Named("sale recipient")] = 4,
        [_cast.Named("sweep target")] = 4,
        [_cast.Named("after the internal call")] = 4,
    };

    /// <summary>The others that matter, and why.</summary>
    public Dictionary<Address, string> Unreached => new()
    {
        [_cast.Watched] = "paid by the mixer: a lead",
        [_cast.Wallet(6)] = "5 hops away",
        [_cast.Refuser] = "the transaction failed",
        [_cast.Named("paid early")] = "paid before the funds arrived",
        [_cast.Named("paid earlier in the block")] = "paid before the funds arrived, in the same block",
        [_cast.Named("before the internal call")] = "paid before the funds arrived by an internal call, in the same block",
        [_cast.Named("never paid")] = "the inner call was undone",
        [_cast.Named("stranger's recipient")] = "another's swap at a pool that was paid before",
        [_cast.Named("stranger")] = "wrapped coin at a wrapper that was paid before",
        [_cast.Named("customer 57")] = "paid by the exchange after the deposit",
        [_cast.Named("customer 60")] = "paid by the exchange after the deposit",
        [_cast.Named("customer 66")] = "paid by the exchange after the deposit",
        [_cast.Named("customer 80")] = "paid by the exchange after the deposit",
        [_cast.Named("fake bystander")] = "got a token that is not the real one",
        [_cast.Named("paid nothing")] = "transfers of zero",
        [_cast.Named("collector")] = "got an ERC-721 piece",
    };
}
