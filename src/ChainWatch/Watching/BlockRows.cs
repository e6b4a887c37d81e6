using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>The rows of a few blocks, held until it is known that the blocks follow on those before.</summary>
internal sealed class BlockRows : ITransferSink
{
    private readonly List<Transfer> _transfers = [];
    private readonly List<Movement> _movements = [];
    private readonly List<Address> _contracts = [];

    /// <summary>How many transfers and movements.</summary>
    public int Count => _transfers.Count + _movements.Count;

    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default) => _transfers.Add(transfer);

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default) => _movements.Add(movement);

    /// <inheritdoc/>
    public void AddContract(Address contract) => _contracts.Add(contract);

    /// <summary>Sends everything on.</summary>
    public void SendTo(ITransferSink sink)
    {
        _transfers.ForEach(transfer => sink.Add(transfer));
        _movements.ForEach(movement => sink.Add(movement));
        _contracts.ForEach(sink.AddContract);
    }
}
