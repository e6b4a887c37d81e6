namespace ChainWatch.Graph.Building;

/// <summary>What is done with every batch, with one after the other.</summary>
/// <param name="Take">Does it. Touches nothing that other stages change, but what the one before it did to the batch.</param>
/// <param name="After">Must be done with a batch before; null where nothing must.</param>
internal sealed record BatchStage(Action<TransferBatch> Take, BatchStage? After = null);
