namespace ChainWatch.Graph.Building;

/// <summary>What is done with every batch, with one after the other.</summary>
/// <param name="take">Does it. Touches nothing that other stages change, but what the one before it did to the batch.</param>
/// <param name="after">Another stage of the same pipe, which must be done with a batch before; null where none must.</param>
internal sealed class BatchStage(Action<TransferBatch> take, BatchStage? after = null)
{
    public Action<TransferBatch> Take { get; } = take;

    public BatchStage? After { get; } = after;
}
