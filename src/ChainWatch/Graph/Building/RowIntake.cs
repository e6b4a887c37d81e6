namespace ChainWatch.Graph.Building;

/// <summary>Takes rows as they come: numbers their addresses, and puts those that come in chain order into columns.</summary>
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

    /// <summary>Takes transfers.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work, or there are too many addresses.</exception>
    public void Take(TransferBatch batch)
    {
        room.CancellationToken.ThrowIfCancellationRequested();
        Number(batch.Payers, batch.PayerTexts, batch.Count, _payers);
        Number(batch.Payees, batch.PayeeTexts, batch.Count, _payees);
        Span<BuildRow> rows = batch.Rows.AsSpan(0, batch.Count);
        int from = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            ref BuildRow row = ref rows[i];
            if (Run.Positions.Admits(row.Block, row.Index))
            {
                Run.AppendTx(row, Run.Positions.Enter(row.Block, row.Index, row.Time, Run.Count + i - from));
                continue;
            }

            Append(rows, from, i);
            (row.Source, row.Target) = (_payers[i], _payees[i]);
            Strays.Add(row);
            from = i + 1;
        }

        Append(rows, from, rows.Length);
    }

    /// <summary>Takes a movement with several inputs or outputs, after all batches.</summary>
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

    private void Append(ReadOnlySpan<BuildRow> rows, int from, int end) =>
        Run.AppendTransfers(rows[from..end], _payers.AsSpan(from, end - from), _payees.AsSpan(from, end - from));

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
