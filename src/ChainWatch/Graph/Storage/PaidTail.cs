namespace ChainWatch.Graph.Storage;

/// <summary>
/// By address the appended entries in which it is paid, the newest first: what the index of the built part is for the rest. 12
/// bytes an entry and payee, and some 30 an address.
/// </summary>
internal sealed class PaidTail
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<int, int> _newest = [];
    private int _end = -1;

    /// <summary>Takes the appended entries of a log up to one.</summary>
    public void Take(ChainLog log, int end)
    {
        for (int entry = Math.Max(log.Entries.Sources.BaseCount, _end); entry < end; entry++)
        {
            int multi = log.Entries.MultiOf(entry);
            if (multi < 0)
            {
                Add(entry, log.Entries.TargetOf(entry)[0]);
            }
            else
            {
                Array.ForEach(log.MultiAt(multi).Targets, target => Add(entry, target.Address));
            }
        }

        _end = end;
    }

    /// <summary>Forgets the entries from one on, which were taken back.</summary>
    public void Cut(int end)
    {
        while (_nodes.Count > 0 && _nodes[^1].Entry >= end)
        {
            Node last = _nodes[^1];
            _nodes.RemoveAt(_nodes.Count - 1);
            if (last.Before >= 0)
            {
                _newest[last.Address] = last.Before;
            }
            else
            {
                _newest.Remove(last.Address);
            }
        }

        _end = Math.Min(_end, end);
    }

    /// <summary>The entries from one up to another in which an address is paid, the last one first.</summary>
    public IEnumerable<int> Of(int address, int first, int end)
    {
        for (int node = _newest.GetValueOrDefault(address, -1); node >= 0 && _nodes[node].Entry >= first; node = _nodes[node].Before)
        {
            if (_nodes[node].Entry < end)
            {
                yield return _nodes[node].Entry;
            }
        }
    }

    private void Add(int entry, int address)
    {
        _nodes.Add(new Node(entry, address, _newest.GetValueOrDefault(address, -1)));
        _newest[address] = _nodes.Count - 1;
    }

    /// <summary>An address is paid.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="Address">The address.</param>
    /// <param name="Before">The address's node before; -1: it has none.</param>
    private readonly record struct Node(int Entry, int Address, int Before);
}
