namespace ChainWatch.Graph.Building;

/// <summary>
/// Takes rows as they come. Two threads may work at once: one adds transfers, whose columns it fills but for the addresses,
/// the other numbers the addresses of the batch before.
/// </summary>
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

    /// <summary>Adds a transfer; its addresses go to the batch.</summary>
    public void Add(in Transfer transfer, int asset, int file, int line, TransferBatch batch)
    {
        (long block, int index) = (transfer.Position.Block, transfer.Position.Index ?? -1);
        long time = transfer.Time is DateTimeOffset told ? told.UtcTicks + 1 : 0;
        if (Run.Positions.Admits(block, index))
        {
            Run.AppendTx(transfer.Tx, Run.Positions.Enter(block, index, time, Run.Count));
            Run.Assets.Append((ulong)asset);
            Run.Flags.Append((file >= 0 ? LogRun.SuppliedBit : 0UL) | (transfer.IsInternal ? LogRun.InternalBit : 0UL));
            Run.Values.Append(transfer.Value);
            Run.Files.Append((ulong)(file + 1));
            Run.Lines.Append((ulong)line);
        }
        else
        {
            batch.Strays.Add((batch.Count, new BuildRow
            {
                Block = block,
                Index = index,
                Time = time,
                Asset = asset,
                Multi = -1,
                File = file,
                Line = line,
                IsInternal = transfer.IsInternal,
                HasTx = transfer.Tx is not null,
                Tx = transfer.Tx.GetValueOrDefault(),
                Value = transfer.Value,
            }));
        }

        batch.Add(transfer);
    }

    /// <summary>Numbers a batch's addresses.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work, or there are too many addresses.</exception>
    public void Take(TransferBatch batch)
    {
        room.CancellationToken.ThrowIfCancellationRequested();
        Number(batch.Payers, batch.PayerTexts, batch.Count, _payers);
        Number(batch.Payees, batch.PayeeTexts, batch.Count, _payees);
        int from = 0;
        foreach ((int at, BuildRow transfer) in batch.Strays)
        {
            Append(from, at);
            BuildRow row = transfer;
            (row.Source, row.Target) = (_payers[at], _payees[at]);
            Strays.Add(row);
            from = at + 1;
        }

        Append(from, batch.Count);
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

    private void Append(int from, int end)
    {
        Run.Sources.Append(_payers.AsSpan(from, end - from));
        Run.Targets.Append(_payees.AsSpan(from, end - from));
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
