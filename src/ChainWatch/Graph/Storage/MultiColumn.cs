namespace ChainWatch.Graph.Storage;

/// <summary>
/// The movements with several inputs or outputs: inputs and outputs one after another, and for every movement where its own
/// begin. Movements are put together when they are asked for, and kept.
/// </summary>
internal sealed class MultiColumn
{
    // A log that is appended to has a new state for every block, and many movements behind its base: one keeps few of them.
    private const int TailChunkBits = 10;
    private MultiMovement?[]?[]? _knownOfTail;

    /// <summary>By movement, its entry in the log.</summary>
    public required NumberColumn Entries { get; init; }

    /// <summary>By movement, its first input; one more at the end.</summary>
    public required NumberColumn InputStarts { get; init; }

    /// <summary>Whose the spent outputs were: an address's number and two; 1 where there is no address, 0 where unknown.</summary>
    public required NumberColumn InputOwners { get; init; }

    public required AmountColumn InputValues { get; init; }

    /// <summary>The transactions that made the spent outputs: a number and one; 0 where unknown.</summary>
    public required NumberColumn InputTxs { get; init; }

    /// <summary>Which of their outputs.</summary>
    public required NumberColumn InputIndices { get; init; }

    /// <summary>By movement, its first output; one more at the end.</summary>
    public required NumberColumn OutputStarts { get; init; }

    /// <summary>To whom: an address's number and one; 0 where there is no address.</summary>
    public required NumberColumn OutputOwners { get; init; }

    public required AmountColumn OutputValues { get; init; }

    /// <summary>The transaction told for an output: a number and one; 0 where none is told.</summary>
    public required NumberColumn OutputTxs { get; init; }

    /// <summary>Which of its outputs.</summary>
    public required NumberColumn OutputIndices { get; init; }

    /// <summary>Those of the base that were put together; shared by all states of a file that is appended to.</summary>
    public MultiCache Cache { get; init; } = new();

    /// <summary>How many movements.</summary>
    public int Length => Entries.Count;

    /// <summary>A movement.</summary>
    public MultiMovement Get(int number, ChainLog log)
    {
        int ofBase = Entries.BaseCount;
        if (number < ofBase)
        {
            MultiMovement?[] known = Cache.Known ??= new MultiMovement?[ofBase];
            return known[number] ??= Make(number, log);
        }

        MultiMovement?[]?[] tail = _knownOfTail ??= new MultiMovement?[((Length - ofBase - 1) >> TailChunkBits) + 1][];
        int at = number - ofBase;
        MultiMovement?[] chunk = tail[at >> TailChunkBits] ??= new MultiMovement?[1 << TailChunkBits];
        return chunk[at & ((1 << TailChunkBits) - 1)] ??= Make(number, log);
    }

    private MultiMovement Make(int number, ChainLog log)
    {
        int entry = Entries.At(number);
        int group = log.GroupOf(entry);
        ChainPosition position = log.PositionOf(group);
        (int firstInput, int firstOutput) = (InputStarts.At(number), OutputStarts.At(number));
        MovementInput[] inputs = new MovementInput[InputStarts.At(number + 1) - firstInput];
        int[] inputNumbers = new int[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            int owner = InputOwners.At(firstInput + i) - 2;
            inputNumbers[i] = Math.Max(owner, -1);
            inputs[i] = new MovementInput(owner < 0 ? null : log.AddressTable[owner], InputValues[firstInput + i], OutPointOf(InputTxs, InputIndices, firstInput + i, log), owner == -1);
        }

        MovementOutput[] outputs = new MovementOutput[OutputStarts.At(number + 1) - firstOutput];
        int[] outputNumbers = new int[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputNumbers[i] = OutputOwners.OrNone(firstOutput + i);
            outputs[i] = new MovementOutput(outputNumbers[i] < 0 ? null : log.AddressTable[outputNumbers[i]], OutputValues[firstOutput + i], OutPointOf(OutputTxs, OutputIndices, firstOutput + i, log));
        }

        Movement movement = new()
        {
            Position = position.Index is null && log.IndexInDisorder(entry) is int index ? position with { Index = index } : position,
            Asset = log.Assets[log.Entries.AssetNumbers.At(entry)],
            Tx = log.TxOf(entry),
            Time = log.TimeOf(group),
            Inputs = inputs,
            Outputs = outputs,
        };
        return MultiMovement.Of(movement, inputNumbers, outputNumbers);
    }

    private static OutPoint? OutPointOf(NumberColumn txs, NumberColumn indices, int i, ChainLog log) =>
        txs.OrNone(i) is >= 0 and int tx ? new OutPoint(log.Txs[tx], indices.At(i)) : null;
}

/// <summary>Movements that were put together, by number.</summary>
internal sealed class MultiCache
{
    public MultiMovement?[]? Known { get; set; }
}
