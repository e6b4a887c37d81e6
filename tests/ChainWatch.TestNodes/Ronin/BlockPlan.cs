using System.Numerics;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>The transactions of one block, in their order; each verb adds one and says what it moves.</summary>
internal sealed class BlockPlan(RoninCast cast, TestContracts contracts)
{
    private readonly Asset _coin = Asset.Native(cast.Chain);

    /// <summary>The transactions so far.</summary>
    public List<PlannedTransaction> Transactions { get; } = [];

    /// <summary>Pays coin to a wallet.</summary>
    public BlockPlan Pay(Address from, Address to, BigInteger wei) => Call(from, to, wei, "0x");

    /// <summary>Calls a contract: the coin sent with the call, and whatever else it moves.</summary>
    public BlockPlan Call(Address from, Address to, BigInteger wei, string data, params Move[] moves)
    {
        Move[] all = wei.IsZero ? moves : [new Move(from, to, _coin, wei), .. moves];
        Transactions.Add(new PlannedTransaction { From = from, To = to, Value = wei, Data = data, Moves = all });
        return this;
    }

    /// <summary>A transaction that is mined and undone.</summary>
    public BlockPlan Fail(Address from, Address to, BigInteger wei)
    {
        Transactions.Add(new PlannedTransaction { From = from, To = to, Value = wei, Succeeds = false });
        return this;
    }

    /// <summary>Creates a contract with value.</summary>
    public BlockPlan Create(Address from, string contract, BigInteger wei)
    {
        Transactions.Add(new PlannedTransaction { From = from, Value = wei, Data = contracts[contract].Create(), Moves = [new Move(from, null, _coin, wei)] });
        return this;
    }

    /// <summary>Pays a token.</summary>
    public BlockPlan Token(Address token, Address from, Address to, BigInteger value) =>
        Call(from, token, 0, contracts["Erc20"].Call("transfer", to, value), value.IsZero ? [] : [Paid(token, from, to, value)]);

    /// <summary>Makes tokens out of nothing.</summary>
    public BlockPlan Mint(Address token, Address to, BigInteger value) =>
        Call(to, token, 0, contracts["Erc20"].Call("mint", to, value), Paid(token, Address.Parse("0x0000000000000000000000000000000000000000", cast.Chain), to, value));

    /// <summary>A token's move.</summary>
    public static Move Paid(Address token, Address from, Address to, BigInteger value) => new(from, to, Asset.Token(token), value);

    /// <summary>A contract's payment.</summary>
    public Move Inner(Address? from, Address? to, BigInteger wei) => new(from, to, _coin, wei, IsInternal: true);
}
