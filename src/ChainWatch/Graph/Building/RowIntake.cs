namespace ChainWatch.Graph.Building;

/// <summary>
/// Takes rows as they come: numbers their addresses, and puts those that come in chain order into columns. In stages, which
/// may go on at once: each touches memory for the first time, which takes as long as all else.
/// </summary>
internal sealed unsafe class RowIntake : IDisposable
{
    private readonly BuildRoom _room;

    public RowIntake(Chain chain, BuildRoom room)
    {
        _room = room;
        Addresses = new AddressInterner(chain);
        Run = new LogRun(room);
        Strays = new StrayRows(room);
        BatchStage numbering = new(NumberAddresses);
        Stages = [numbering, new BatchStage(TakePositions), new BatchStage(TakeValues), new BatchStage(TakeAddresses, numbering)];
    }

    /// <summary>What is to be done with each batch. A stage throws where the disk is full or does not work, or there are too many addresses.</summary>
    public IReadOnlyList<BatchStage> Stages { get; }

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
        foreach (BatchStage stage in Stages)
        {
            stage.Take(batch);
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

    private void NumberAddresses(TransferBatch batch)
    {
        _room.CancellationToken.ThrowIfCancellationRequested();
        Number(batch.Payers, batch.PayerTexts, batch.PayerNumbers);
        Number(batch.Payees, batch.PayeeTexts, batch.PayeeNumbers);
    }

    private void TakeAddresses(TransferBatch batch)
    {
        foreach (Range rows in batch.InOrder())
        {
            Run.AppendAddresses(batch.PayerNumbers[rows], batch.PayeeNumbers[rows]);
        }

        foreach (int stray in batch.Strays)
        {
            Strays.Add(batch.RowAt(stray));
        }
    }

    private void TakePositions(TransferBatch batch)
    {
        foreach (Range rows in batch.InOrder())
        {
            Run.AppendPositions(batch, rows);
        }
    }

    private void TakeValues(TransferBatch batch)
    {
        foreach (Range rows in batch.InOrder())
        {
            Run.AppendValues(batch, rows);
        }
    }

    private void Number(ReadOnlySpan<byte> rows, List<(int Row, Address Address)> texts, Span<int> numbers)
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

            Addresses.NumberRows(row + ((long)from * Addresses.Rows.RowSize), numbers.Length - from, number + from);
        }
    }
}
