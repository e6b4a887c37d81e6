namespace ChainWatch.TestNodes.Esplora;

/// <summary>
/// An address's transactions as electrs lists them: the highest block first, and within a block by electrs' own keys.
/// </summary>
/// <remarks>
/// <para>
/// Blockstream/electrs (src/new_index/schema.rs, TxHistoryKey) has one row for each output that pays the address and one for
/// each input that spends from it. Its key is the height, the kind (0 pays, 1 spends), and the transaction's identifier as its
/// bytes lie, which is the reverse of what is displayed. It reads the rows backwards and leaves out what it saw already. So
/// within a block, spending transactions come before those that only pay, each group by identifier downwards, and the
/// position in the block plays no part: a transaction may stand before or after the one it spends from.
/// </para>
/// <para>
/// mempool/electrs put the position in the block before the kind: there, the last of a block comes first. API.md promises
/// neither: "newest first" is all it says.
/// </para>
/// </remarks>
internal static class EsploraHistory
{
    /// <summary>The confirmed transactions.</summary>
    public static IEnumerable<EsploraTx> Confirmed(EsploraChain chain, string address, EsploraDialect dialect)
    {
        foreach (EsploraBlock block in chain.Blocks.Reverse())
        {
            IEnumerable<EsploraTx> found = block.Transactions.Where(tx => Touches(tx, address));
            IEnumerable<EsploraTx> ordered = dialect == EsploraDialect.MempoolSpace
                ? found.Reverse()
                : found.OrderByDescending(tx => tx.Spending(address).Any()).ThenByDescending(InternalOrder, StringComparer.Ordinal);
            foreach (EsploraTx tx in ordered)
            {
                yield return tx;
            }
        }
    }

    /// <summary>The waiting transactions, as they came. No order is promised, and mempool/electrs has another.</summary>
    public static IEnumerable<EsploraTx> Waiting(EsploraChain chain, string address) => chain.Mempool.Where(tx => Touches(tx, address));

    /// <summary>What comes after the last transaction that was seen: nothing where the history has no such transaction.</summary>
    public static IEnumerable<EsploraTx> After(this IEnumerable<EsploraTx> history, string? lastSeen) =>
        lastSeen is null ? history : history.SkipWhile(tx => tx.TxId != lastSeen).Skip(1);

    private static bool Touches(EsploraTx tx, string address) => tx.Funding(address).Any() || tx.Spending(address).Any();

    private static string InternalOrder(EsploraTx tx) => Convert.ToHexStringLower(EsploraBlock.Reversed(tx.TxId));
}
