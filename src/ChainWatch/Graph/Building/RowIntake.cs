namespace ChainWatch.Graph.Building;

/// <summary>
/// Takes rows as they come: numbers their addresses, and puts those that come in chain order into columns. In three stages,
/// which may go on at once: each touches memory for the first time, which takes as long as all else.
/// </summary>
internal sealed unsafe class RowIntake : IDisposable
{
    private readonly BuildRoom _room;
    private readonly int[] _payers = new int[TransferBatch.CountMax];
    private readonly int[] _payees = new int[TransferBatch.CountMax];

    public RowIntake(Chain chain, BuildRoom room)
    {
        _room = room;
        Addresses = new AddressInterner(chain);
        Run = new LogRun(room);
        Strays = new StrayRows(room);
        Stages = [TakeAddresses, TakePositions, TakeValues];
    }

    /// <summary>What is to be done with each batch, in any order and at once; by each stage with one batch after the other.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work, or there are too many addresses.</exception>
    public IReadOnlyList<Action<TransferBatch>> Stages { get; }

    /// <summary>The addresses.</summary>
    public AddressInterner Addresses { get; }

    /// <summary>The rows that came in order.</summary>
    public LogRun Run { get; }

    /// <summary>The other rows.</summary>
    public StrayRows Strays { get; }

    /// <summary>Takes transfers through all stages.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work, or there are too many addresses.</exception>
    public void Take(TransferBatch batch)
    {
        foreach (Action<TransferBatch> stage in Stages)
        {
            stage(batch);
        }
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

    private void TakeAddresses(TransferBatch batch)
    {
        _room.CancellationToken.ThrowIfCancellationRequested();
        Number(batch.Payers, batch.PayerTexts, batch.Count, _payers);
        Number(batch.Payees, batch.PayeeTexts, batch.Count, _payees);
        int from = 0;
        foreach (int stray in batch.Strays)
        {
            Run.AppendAddresses(_payers.AsSpan(from, stray - from), _payees.AsSpan(from, stray - from));
            ref BuildRow row = ref batch.Rows[stray];
            (row.Source, row.Target) = (_payers[stray], _payees[stray]);
            Strays.Add(row);
            from = stray + 1;
        }

        Run.AppendAddresses(_payers.AsSpan(from, batch.Count - from), _payees.AsSpan(from, batch.Count - from));
    }

    private void TakePositions(TransferBatch batch)
    {
        ReadOnlySpan<BuildRow> rows = batch.Rows.AsSpan(0, batch.Count);
        int from = 0;
        foreach (int stray in batch.Strays)
        {
            Run.AppendPositions(rows[from..stray]);
            from = stray + 1;
        }

        Run.AppendPositions(rows[from..]);
    }

    private void TakeValues(TransferBatch batch)
    {
        ReadOnlySpan<BuildRow> rows = batch.Rows.AsSpan(0, batch.Count);
        int from = 0;
        foreach (int stray in batch.Strays)
        {
            Run.AppendValues(rows[from..stray]);
            from = stray + 1;
        }

        Run.AppendValues(rows[from..]);
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
