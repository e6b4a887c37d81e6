namespace ChainWatch.Graph.Building;

/// <summary>
/// The order of the texts of one Base58Check form with payloads of 20 bytes. Base58's digits ascend by code unit, so texts
/// of one length are in the order of their numbers, which is that of the payloads: the checksum stands behind them. A
/// version byte of 0 (Bitcoin's P2PKH) gives texts of several lengths; see <see cref="ScaledBase58"/>.
/// </summary>
internal readonly unsafe struct Base58Order
{
    private readonly Chain _chain;
    private readonly AddressKind _kind;
    private readonly bool _hasOneLength;

    public Base58Order(Chain chain, AddressKind kind)
    {
        _chain = chain;
        _kind = kind;
        // The length grows with the number: where the least and the greatest are alike, all are.
        _hasOneLength = Text(0, 0, 0).Length == Text(ulong.MaxValue, ulong.MaxValue, 0xFFFF_FFFF_0000_0000).Length;
    }

    /// <summary>A number below 2^62 that never falls along the order.</summary>
    public ulong KeyOf(byte* payload)
    {
        ulong word0 = Word.Read(payload);
        if (_hasOneLength)
        {
            return word0 >> 2;
        }

        ulong word1 = Word.Read(payload + 8);
        ulong word2 = Word.ReadHalf(payload + 16);
        return ScaledBase58.TryKey(word0, word1, (uint)(word2 >> 32), out ulong key, out _)
            ? key
            : ScaledBase58.KeyOfText(Text(word0, word1, word2));
    }

    /// <summary>Compares payloads with equal keys; zero where only the texts can tell.</summary>
    public int CompareEqualKeys(byte* x, byte* y)
    {
        (ulong x0, ulong x1, ulong x2) = (Word.Read(x), Word.Read(x + 8), Word.ReadHalf(x + 16));
        (ulong y0, ulong y1, ulong y2) = (Word.Read(y), Word.Read(y + 8), Word.ReadHalf(y + 16));
        if (!_hasOneLength
            && !(ScaledBase58.TryKey(x0, x1, (uint)(x2 >> 32), out _, out int xForm)
                && ScaledBase58.TryKey(y0, y1, (uint)(y2 >> 32), out _, out int yForm)
                && xForm == yForm))
        {
            return 0;
        }

        int order = x0.CompareTo(y0);
        order = order != 0 ? order : x1.CompareTo(y1);
        return order != 0 ? order : x2.CompareTo(y2);
    }

    private string Text(ulong word0, ulong word1, ulong word2) => Address.FromWords(_chain, _kind, word0, word1, word2, 0).ToCanonicalString();
}
