using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Rows of one chain in chain order, as columns that grow. What comes in order is there in the form of the log already;
/// what does not goes elsewhere (<see cref="StrayRows"/>).
/// </summary>
internal sealed class LogRun(BuildRoom room) : IDisposable
{
    /// <summary>Of a movement with several inputs or outputs: its number with this bit stands for payer and payee.</summary>
    public const int MultiBit = int.MinValue;

    /// <summary>In <see cref="Flags"/>: supplied in a file.</summary>
    public const int SuppliedBit = 1;

    /// <summary>In <see cref="Flags"/>: moved by a contract's call.</summary>
    public const int InternalBit = 2;

    /// <summary>In <see cref="Flags"/>: above it stands by what the transaction is known.</summary>
    public const int IdentityShift = 2;

    public PositionColumns Positions { get; } = new(room);

    public ColumnBuilder Sources { get; } = new(room, sizeof(int));

    public ColumnBuilder Targets { get; } = new(room, sizeof(int));

    public ColumnBuilder Assets { get; private set; } = new(room);

    public ColumnBuilder Flags { get; } = new(room);

    public AmountBuilder Values { get; } = new(room);

    /// <summary>The number of the transaction's use and one; 0 where unknown.</summary>
    public ColumnBuilder Txs { get; } = new(room);

    public TxUses TxUses { get; } = new(room);

    /// <summary>The number of the file that a row came from and one, or 0.</summary>
    public ColumnBuilder Files { get; } = new(room);

    public ColumnBuilder Lines { get; } = new(room);

    /// <summary>How many rows.</summary>
    public int Count => Flags.Count;

    /// <summary>Whether a movement with several inputs or outputs is among the rows.</summary>
    public bool HasMultis { get; private set; }

    /// <summary>Whether several rows share a position, or the order in a block is not known: the rows are in no order there.</summary>
    public bool IsTied => Positions.Groups < Count || Positions.BlocksWithoutOrder > 0;

    /// <summary>Adds a row, which must not come before the last one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="index">The index of its position, or -1 where the whole block is one.</param>
    /// <param name="identity">By what its transaction is known.</param>
    /// <param name="txUse">The number of its transaction's use; -1: the run finds it, where it is known.</param>
    public void Append(in BuildRow row, int index, TxIdentity identity = TxIdentity.Known, int txUse = -1)
    {
        bool isNew = Positions.Enter(row.Block, index, row.Time, Count);
        if (txUse >= 0 && row.HasTx)
        {
            Txs.Append((ulong)txUse + 1);
        }
        else
        {
            AppendTx(row.HasTx, row.Tx, isNew);
        }

        HasMultis |= row.Multi >= 0;
        Sources.Append((uint)(row.Multi < 0 ? row.Source : row.Multi | MultiBit));
        Targets.Append((uint)(row.Multi < 0 ? row.Target : row.Multi | MultiBit));
        Assets.Append((ulong)row.Asset);
        Flags.Append((row.File >= 0 ? SuppliedBit : 0UL) | (row.IsInternal ? InternalBit : 0UL) | ((ulong)identity << IdentityShift));
        Values.Append(row.Value);
        Files.Append((ulong)(row.File + 1));
        Lines.Append((ulong)row.Line);
    }

    /// <summary>Adds who paid and who was paid in plain transfers, by their numbers.</summary>
    public void AppendAddresses(ReadOnlySpan<int> payers, ReadOnlySpan<int> payees)
    {
        Sources.Append(payers);
        Targets.Append(payees);
    }

    /// <summary>Adds the positions and transactions of plain transfers that follow one another in a batch.</summary>
    [SkipLocalsInit]
    public void AppendPositions(TransferBatch batch, Range rows)
    {
        (int from, int count) = rows.GetOffsetAndLength(batch.Count);
        Span<bool> isNew = stackalloc bool[TransferBatch.CountMax];
        Positions.Enter(batch.Blocks[rows], batch.Indices[rows], batch.Times[rows], Txs.Count, isNew);
        if (!batch.HasTxs)
        {
            Txs.AppendSame(0, count);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            AppendTx(batch.TryGetTx(from + i, out TxId tx), tx, isNew[i]);
        }
    }

    /// <summary>Adds what else there is of plain transfers that follow one another in a batch.</summary>
    public void AppendValues(TransferBatch batch, Range rows)
    {
        Values.Append(batch, rows);
        Assets.Append(batch.Assets[rows]);
        Flags.Append(batch.Flags[rows]);
        Files.Append(batch.FileMarks[rows]);
        Lines.Append(batch.Lines[rows]);
    }

    /// <summary>Numbers the assets by rank.</summary>
    public void RenumberAssets(int[] rankOf)
    {
        for (int i = 0; i < rankOf.Length; i++)
        {
            if (rankOf[i] != i)
            {
                using ColumnBuilder before = Assets;
                Assets = ColumnMap.Of(before, number => (ulong)rankOf[(int)number], room);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Positions.Dispose();
        Sources.Dispose();
        Targets.Dispose();
        Assets.Dispose();
        Flags.Dispose();
        Values.Dispose();
        Txs.Dispose();
        TxUses.Dispose();
        Files.Dispose();
        Lines.Dispose();
    }

    // Uses at one position that follow one another are one.
    private void AppendTx(bool isKnown, in TxId tx, bool isNewPosition) =>
        Txs.Append(!isKnown ? 0 : (ulong)(isNewPosition ? TxUses.Add(tx) : TxUses.AddUnlessLast(tx)) + 1);
}
