using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>
/// An address that spent together with a listed one, as inputs of one transaction. A finding of its own and not a hop: it
/// suggests one owner, and CoinJoins break that rule.
/// </summary>
/// <param name="List">The list's name.</param>
/// <param name="Listed">The listed address.</param>
/// <param name="Address">The other address.</param>
/// <param name="Position">Where on the chain.</param>
/// <param name="Tx">The transaction, where known.</param>
/// <param name="CoinJoin">The rule by which the transaction is a CoinJoin: then it says nothing of the owners. None: it is none.</param>
public sealed record CoSpending(string List, Address Listed, Address Address, ChainPosition Position, TxId? Tx, CoinJoinRule CoinJoin = CoinJoinRule.None);
