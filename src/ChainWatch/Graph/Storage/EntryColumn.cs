namespace ChainWatch.Graph.Storage;

/// <summary>
/// The movements in chain order. Hot, 4 bytes each: who paid and who was paid, by the addresses' numbers; of a movement with
/// several inputs or outputs both are its number with bit 31. Cold: everything else.
/// </summary>
internal sealed class EntryColumn
{
    internal const int MultiBit = int.MinValue;
    private const int SuppliedBit = 1;
    private const int InternalBit = 2;
    private const int IdentityShift = 2;

    /// <summary>Payers.</summary>
    public required NumberColumn Sources { get; init; }

    /// <summary>Payees.</summary>
    public required NumberColumn Targets { get; init; }

    /// <summary>Assets' numbers.</summary>
    public required NumberColumn AssetNumbers { get; init; }

    /// <summary>Transactions' numbers and one; 0 where unknown.</summary>
    public required NumberColumn Txs { get; init; }

    /// <summary>Keys of transactions inside a position and one; 0 where unknown.</summary>
    public required NumberColumn TxKeys { get; init; }

    /// <summary>Bit 0: supplied by somebody's file; bit 1: a contract's call moved the coin; bits 2 and 3: by what the transaction is known.</summary>
    public required NumberColumn Flags { get; init; }

    /// <summary>Values of plain transfers.</summary>
    public required AmountColumn Values { get; init; }

    /// <summary>How many movements.</summary>
    public int Length => Sources.Count;

    /// <summary>A movement, put together of its columns.</summary>
    public LogEntry this[int i]
    {
        get
        {
            int source = Sources.Ints(i, 1)[0];
            int multi = source < 0 ? source & ~MultiBit : -1;
            int flags = Flags.At(i);
            return new LogEntry
            {
                Source = multi < 0 ? source : -1,
                Target = multi < 0 ? Targets.Ints(i, 1)[0] : -1,
                Asset = AssetNumbers.At(i),
                Tx = Txs.OrNone(i),
                TxKey = TxKeys.OrNone(i),
                TxIdentity = (TxIdentity)(flags >> IdentityShift),
                Multi = multi,
                Supplied = (flags & SuppliedBit) != 0,
                IsInternal = (flags & InternalBit) != 0,
                Value = Values[i],
            };
        }
    }

    /// <summary>The number of a movement with several inputs or outputs, or -1 for a plain transfer.</summary>
    public int MultiOf(int i) => Sources.Ints(i, 1)[0] is < 0 and int source ? source & ~MultiBit : -1;

    /// <summary>The transaction of a movement inside its position.</summary>
    public TxRef TxOf(int i) => new(TxKeys.OrNone(i), (TxIdentity)(Flags.At(i) >> IdentityShift));

    /// <summary>The payer of a plain transfer.</summary>
    public ReadOnlySpan<int> SourceOf(int i) => Sources.Ints(i, 1);

    /// <summary>The payee of a plain transfer.</summary>
    public ReadOnlySpan<int> TargetOf(int i) => Targets.Ints(i, 1);

    /// <summary>Makes the columns.</summary>
    public static EntryColumn Of(LogEntry[] entries) => new()
    {
        Sources = NumberColumn.Of(entries.Length, sizeof(int), i => (uint)(entries[i].Multi < 0 ? entries[i].Source : entries[i].Multi | MultiBit)),
        Targets = NumberColumn.Of(entries.Length, sizeof(int), i => (uint)(entries[i].Multi < 0 ? entries[i].Target : entries[i].Multi | MultiBit)),
        AssetNumbers = NumberColumn.Of(entries.Length, i => (ulong)entries[i].Asset),
        Txs = NumberColumn.Of(entries.Length, i => (ulong)(entries[i].Tx + 1)),
        TxKeys = NumberColumn.Of(entries.Length, i => (ulong)(entries[i].TxKey + 1)),
        Flags = NumberColumn.Of(entries.Length, i => (entries[i].Supplied ? SuppliedBit : 0UL) | (entries[i].IsInternal ? InternalBit : 0UL) | ((ulong)entries[i].TxIdentity << IdentityShift)),
        Values = AmountColumn.Of(entries.Length, i => entries[i].Value),
    };
}
