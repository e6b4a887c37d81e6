using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>One transfer of a path, in chain order.</summary>
public sealed record PathStep
{
    /// <summary>Who paid.</summary>
    public required Address From { get; init; }

    /// <summary>Who was paid.</summary>
    public required Address To { get; init; }

    /// <summary>Where on the chain.</summary>
    public required ChainPosition Position { get; init; }

    /// <summary>The block's time, where known.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The transaction, where known.</summary>
    public TxId? Tx { get; init; }

    /// <summary>What moved.</summary>
    public required Asset Asset { get; init; }

    /// <summary>How much, in base units; in a UTXO transaction what the payee received in it, from all its payers together.</summary>
    public required Amount Value { get; init; }

    /// <summary>How many payers the movement has, known and unknown: with more than one, whose value went where is not on the chain.</summary>
    public int Payers { get; init; } = 1;

    /// <summary>How the order of the transfer before and this one is known; proven for the first.</summary>
    public PathOrder Order { get; init; }

    /// <summary>True where <see cref="From"/> is a contract that is followed through inside one transaction (swap, wrap, routing).</summary>
    public bool IsConversion { get; init; }

    /// <summary>True where a contract's call moved the coin, and not the transaction itself.</summary>
    public bool IsInternal { get; init; }

    /// <summary>True where <see cref="From"/> is known to be a contract; false also where no source tells.</summary>
    public bool IsFromContract { get; init; }

    /// <summary>True where <see cref="To"/> is known to be a contract; false also where no source tells.</summary>
    public bool IsToContract { get; init; }

    /// <summary>True where <see cref="From"/> is an opaque stop: the step is part of a lead, not of a path.</summary>
    public bool IsThroughOpaque { get; init; }

    /// <summary>The rule by which the transaction is a CoinJoin: that <see cref="From"/> paid <see cref="To"/> in it cannot be told. None: it is none.</summary>
    public CoinJoinRule CoinJoin { get; init; }

    /// <summary>How many addresses the transaction pays, where they are so many that it looks like a batch of payouts (<see cref="PayoutBatches.PayeesMax"/>); else 0.</summary>
    public int BatchPayees { get; init; }

    /// <summary>The coin that <see cref="To"/> got, in a path by coin; else null.</summary>
    public OutPoint? OutPoint { get; init; }

    /// <summary>What the step rests on.</summary>
    public EdgeEvidence Evidence { get; init; }
}

/// <summary>What an edge of a path rests on.</summary>
public enum EdgeEvidence
{
    /// <summary>Read from a chain's own data.</summary>
    Fact,

    /// <summary>Rests on a label: the contract through which funds are followed is labelled as such.</summary>
    Label,

    /// <summary>Rests on a rule that can be wrong.</summary>
    Heuristic,

    /// <summary>From a file that somebody supplied.</summary>
    Supplied,
}
