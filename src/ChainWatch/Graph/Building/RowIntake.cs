namespace ChainWatch.Graph.Building;

/// <summary>Takes batches of transfers: numbers their addresses, and puts them where they belong. For one thread at a time.</summary>
internal sealed unsafe class RowIntake(Chain chain, BuildRoom room) : IDisposable
{
    private readonly int[] _payers = new int[TransferBatch.CountMax];
    private readonly int[] _payees = new int[TransferBatch.CountMax];

    /// <summary>The addresses.</summary>
    public AddressInterner Addresses { get; } = new(chain);

    /// <summary>The rows that came in order.</summary>
    public LogRun Run { get; } = new(room);

    /// <summary>The other rows.</summary>
    public StrayRows Strays { get; } = new(room);

    /// <summary>Takes a batch.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work, or there are too many addresses.</exception>
    public void Take(TransferBatch batch)
    {
        room.CancellationToken.ThrowIfCancellationRequested();
        Number(batch.Payers, batch.PayerTexts, batch.Count, _payers);
        Number(batch.Payees, batch.PayeeTexts, batch.Count, _payees);
        ReadOnlySpan<BatchRow> rows = batch.Rows;
        for (int from = 0; from < rows.Length;)
        {
            int end = from;
            for (; end < rows.Length; end++)
            {
                ref readonly BatchRow row = ref rows[end];
                if (!Run.Positions.Admits(row.Block, row.Index))
                {
                    break;
                }

                bool isNew = Run.Positions.Enter(row.Block, row.Index, row.Time, Run.Count + end - from);
                if (!batch.IsPlain)
                {
                    Run.AppendTx(row.HasTx, row.HasTx ? batch.TxOf(end) : default, isNew);
                }
            }

            Append(batch, from, end);
            from = end;
            for (; from < rows.Length && !Run.Positions.Admits(rows[from].Block, rows[from].Index); from++)
            {
                Strays.Add(RowOf(batch, from));
            }
        }
    }

    /// <summary>Takes a movement with several inputs or outputs.</summary>
    public void Take(in BuildRow row)
    {
        if (Run.Positions.Admits(row.Block, row.Index))
        {
            Run.Append(row, row.Index);
        }
        else
        {
            Strays.Add(row);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Addresses.Dispose();
        Run.Dispose();
        Strays.Dispose();
    }

    private void Append(TransferBatch batch, int from, int end)
    {
        ReadOnlySpan<BatchRow> rows = batch.Rows[from..end];
        Run.Sources.Append(_payers.AsSpan(from, rows.Length));
        Run.Targets.Append(_payees.AsSpan(from, rows.Length));
        if (batch.IsPlain)
        {
            Run.Txs.AppendSame(0, rows.Length);
            Run.Files.AppendSame(0, rows.Length);
            Run.Lines.AppendSame(0, rows.Length);
            Run.Flags.AppendSame(0, rows.Length);
            foreach (ref readonly BatchRow row in rows)
            {
                Run.Assets.Append((ulong)row.Asset);
                Run.Values.Numbers.Append(row.Value);
            }

            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly BatchRow row = ref rows[i];
            Run.Files.Append((ulong)(row.File + 1));
            Run.Lines.Append((ulong)row.Line);
            Run.Flags.Append((row.File >= 0 ? LogRun.SuppliedBit : 0UL) | (row.IsInternal ? LogRun.InternalBit : 0UL));
            Run.Assets.Append((ulong)row.Asset);
            if (row.IsWide)
            {
                Run.Values.Append(batch.ValueOf(from + i));
            }
            else
            {
                Run.Values.Numbers.Append(row.Value);
            }
        }
    }

    private BuildRow RowOf(TransferBatch batch, int at)
    {
        ref readonly BatchRow row = ref batch.Rows[at];
        return new BuildRow
        {
            Block = row.Block,
            Index = row.Index,
            Source = _payers[at],
            Target = _payees[at],
            Asset = row.Asset,
            Multi = -1,
            File = row.File,
            Line = row.Line,
            IsInternal = row.IsInternal,
            HasTx = row.HasTx,
            Time = row.Time,
            Value = batch.ValueOf(at),
            Tx = row.HasTx ? batch.TxOf(at) : default,
        };
    }

    private void Number(byte[] rows, List<(int Row, Address Address)> texts, int count, int[] numbers)
    {
        fixed (byte* row = rows)
        fixed (int* number = numbers)
        {
            int from = 0;
            foreach ((int at, Address address) in texts)
            {
                Addresses.NumberRows(row + ((long)from * Addresses.Rows.RowSize), at - from, number + from);
                number[at] = Addresses.NumberOf(address);
                from = at + 1;
            }

            Addresses.NumberRows(row + ((long)from * Addresses.Rows.RowSize), count - from, number + from);
        }
    }
}
