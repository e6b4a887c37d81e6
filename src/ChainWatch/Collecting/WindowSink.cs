using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>Passes on what lies in a window of blocks: the state may hold more than is asked for.</summary>
internal sealed class WindowSink(ITransferSink inner, BlockWindow window) : ITransferSink
{
    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        if (Holds(transfer.Position))
        {
            inner.Add(transfer, origin);
        }
    }

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        if (Holds(movement.Position))
        {
            inner.Add(movement, origin);
        }
    }

    /// <inheritdoc/>
    public void AddContract(Address contract) => inner.AddContract(contract);

    private bool Holds(ChainPosition position) => position.Block >= window.First && position.Block <= window.Last;
}
