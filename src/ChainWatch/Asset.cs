namespace ChainWatch;

/// <summary>
/// What a transfer moves: a chain's own coin, or a token identified by its contract. Never by its symbol, which anybody
/// can copy.
/// </summary>
public readonly struct Asset : IEquatable<Asset>, IComparable<Asset>
{
    private Asset(Chain chain, Address? contract)
    {
        Chain = chain;
        Contract = contract;
    }

    /// <summary>The chain the asset lives on.</summary>
    public Chain Chain { get; }

    /// <summary>The token's contract; null for the chain's own coin.</summary>
    public Address? Contract { get; }

    /// <summary>True for the chain's own coin (ether, bitcoin).</summary>
    public bool IsNative => Contract is null;

    /// <summary>The chain's own coin.</summary>
    public static Asset Native(Chain chain) => new(chain, null);

    /// <summary>The token of a contract.</summary>
    public static Asset Token(Address contract) => new(contract.Chain, contract);

    /// <inheritdoc/>
    public bool Equals(Asset other) => Chain == other.Chain && Nullable.Equals(Contract, other.Contract);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Asset other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Chain, Contract);

    /// <summary>Canonical order: chain, the coin first, then tokens by contract.</summary>
    public int CompareTo(Asset other)
    {
        int byChain = Chain.CompareTo(other.Chain);
        return byChain != 0 ? byChain : Nullable.Compare(Contract, other.Contract);
    }

    /// <summary><c>native</c> or the contract's address.</summary>
    public override string ToString() => Contract?.ToString() ?? "native";

    /// <summary>Equality of chain and contract.</summary>
    public static bool operator ==(Asset left, Asset right) => left.Equals(right);

    /// <summary>Inequality of chain or contract.</summary>
    public static bool operator !=(Asset left, Asset right) => !left.Equals(right);
}
