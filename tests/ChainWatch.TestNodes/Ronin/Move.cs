using System.Numerics;

namespace ChainWatch.TestNodes.Ronin;

/// <summary>A move of value that a planned transaction makes.</summary>
/// <param name="From">The payer; null stands for the contract that the transaction creates.</param>
/// <param name="To">The payee; null stands for the contract that the transaction creates.</param>
/// <param name="Asset">What moves.</param>
/// <param name="Value">How much, in base units.</param>
/// <param name="IsInternal">True where a contract's call moves the coin.</param>
internal sealed record Move(Address? From, Address? To, Asset Asset, BigInteger Value, bool IsInternal = false);
