using System.Numerics;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>A transaction to send, and what it will move.</summary>
internal sealed record PlannedTransaction
{
    /// <summary>The sender.</summary>
    public required Address From { get; init; }

    /// <summary>The receiver; null creates a contract.</summary>
    public Address? To { get; init; }

    /// <summary>Wei.</summary>
    public BigInteger Value { get; init; }

    /// <summary>Call data or creation code.</summary>
    public string Data { get; init; } = "0x";

    /// <summary>The value moves it makes, in no order.</summary>
    public IReadOnlyList<Move> Moves { get; init; } = [];

    /// <summary>False where the node is expected to undo it.</summary>
    public bool Succeeds { get; init; } = true;
}
