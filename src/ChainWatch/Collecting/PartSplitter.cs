using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>Takes the answer about several addresses apart, into the rows of each; rows that touch none on the side asked for are left out.</summary>
internal sealed class PartSplitter : ITransferSink, IDisposable
{
    private readonly Dictionary<Address, (MemoryStream Bytes, RowWriter Rows)> _parts = [];
    private readonly TransferSide _side;
    private readonly Func<Address, long> _room;
    private readonly Address _first;

    /// <param name="chain">The chain.</param>
    /// <param name="addresses">Whose rows.</param>
    /// <param name="side">On which side of a transfer they stand.</param>
    /// <param name="room">How many rows an address may still have.</param>
    public PartSplitter(Chain chain, IReadOnlyList<Address> addresses, TransferSide side, Func<Address, long> room)
    {
        (_side, _room, _first) = (side, room, addresses[0]);
        foreach (Address address in addresses)
        {
            MemoryStream bytes = new();
            _parts.Add(address, (bytes, new RowWriter(bytes, chain)));
        }
    }

    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        bool isFrom = _side.HasFlag(TransferSide.From) && Write(transfer.From, transfer);
        if (!isFrom || transfer.From != transfer.To)
        {
            _ = _side.HasFlag(TransferSide.To) && Write(transfer.To, transfer);
        }
    }

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        IEnumerable<Address?> from = _side.HasFlag(TransferSide.From) ? movement.Inputs.Select(i => i.Owner) : [];
        IEnumerable<Address?> to = _side.HasFlag(TransferSide.To) ? movement.Outputs.Select(o => o.Owner) : [];
        foreach (Address owner in from.Concat(to).OfType<Address>().Distinct())
        {
            if (_parts.TryGetValue(owner, out (MemoryStream Bytes, RowWriter Rows) part))
            {
                part.Rows.Add(movement);
                Check(owner, part.Rows);
            }
        }
    }

    /// <inheritdoc/>
    public void AddContract(Address contract) => _parts[_first].Rows.AddContract(contract);

    /// <summary>The rows of an address, ended; to be asked for once.</summary>
    public (byte[] Bytes, long Count) Take(Address address)
    {
        (MemoryStream bytes, RowWriter rows) = _parts[address];
        rows.Dispose();
        return (bytes.ToArray(), rows.Count);
    }

    public void Dispose()
    {
        foreach ((MemoryStream bytes, _) in _parts.Values)
        {
            bytes.Dispose();
        }
    }

    private bool Write(Address address, in Transfer transfer)
    {
        if (!_parts.TryGetValue(address, out (MemoryStream Bytes, RowWriter Rows) part))
        {
            return false;
        }

        part.Rows.Add(transfer);
        Check(address, part.Rows);
        return true;
    }

    private void Check(Address address, RowWriter rows)
    {
        if (rows.Count > _room(address))
        {
            throw new HubException(address);
        }
    }
}

/// <summary>An address has more transfers than the budget allows for one: ends the query, and is caught by the session.</summary>
internal sealed class HubException(Address address) : Exception
{
    public Address Address => address;
}
