namespace ChainWatch.Ethereum.Decoding;

/// <summary>
/// The properties of the objects of one answer, in the order in which the last one had them. Nodes write all alike, so the
/// next property is mostly known before it is read: comparing is several times as fast as reading a name and looking it up.
/// </summary>
internal sealed class PropertyOrder
{
    private const int Most = 64;
    private readonly List<(byte[] Quoted, int Id)> _properties = [];

    /// <summary>The property expected at a place, as <c>"name":</c>; empty where none is.</summary>
    public ReadOnlySpan<byte> QuotedAt(int place) => place < _properties.Count ? _properties[place].Quoted : default;

    /// <summary>That property's number.</summary>
    public int IdAt(int place) => _properties[place].Id;

    /// <summary>Learns what stood at a place instead.</summary>
    public void Learn(int place, ReadOnlySpan<byte> name, int id)
    {
        if (place >= Most || place > _properties.Count)
        {
            return;
        }

        byte[] quoted = [(byte)'"', .. name, (byte)'"', (byte)':'];
        if (place == _properties.Count)
        {
            _properties.Add((quoted, id));
        }
        else
        {
            _properties[place] = (quoted, id);
        }
    }
}
