using System.Numerics;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>A transaction of the re-enactment as it was sent, and where it was mined.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Position">Block and index.</param>
/// <param name="Time">The block's time.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver; null where it created a contract.</param>
/// <param name="Created">The contract it created; null where it created none.</param>
/// <param name="Value">Wei.</param>
/// <param name="Data">Call data or creation code.</param>
/// <param name="Succeeds">False where it was sent to fail.</param>
public sealed record MinedTransaction(
    TxId Hash, ChainPosition Position, DateTimeOffset Time, Address From, Address? To, Address? Created, BigInteger Value, string Data, bool Succeeds);
