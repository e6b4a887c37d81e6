namespace ChainWatch.Graph.Building;

/// <summary>
/// The order of a Bitcoin network's addresses. The first characters keep three families apart (P2PKH, P2SH, witness
/// programs); their order differs from network to network and is read from the texts themselves. Inside a family the
/// key is a prefix of what decides.
/// </summary>
internal sealed unsafe class BitcoinKeys : CanonicalKeys
{
    private const int FamilyShift = 62;

    private readonly Chain _chain;
    private readonly Base58Order _pkh;
    private readonly Base58Order _sh;
    private readonly ulong _pkhFamily;
    private readonly ulong _shFamily;
    private readonly ulong _witnessFamily;

    public BitcoinKeys(Chain chain)
    {
        _chain = chain;
        if (!chain.IsBitcoin)
        {
            return; // all its addresses are kept as text, and none is asked for here
        }

        _pkh = new Base58Order(chain, AddressKind.P2Pkh);
        _sh = new Base58Order(chain, AddressKind.P2Sh);
        string pkh = Address.FromWords(chain, AddressKind.P2Pkh, 0, 0, 0, 0).ToCanonicalString();
        string sh = Address.FromWords(chain, AddressKind.P2Sh, 0, 0, 0, 0).ToCanonicalString();
        string witness = Address.FromWords(chain, AddressKind.P2Wpkh, 0, 0, 0, 0).ToCanonicalString();
        _pkhFamily = Family(pkh, sh, witness);
        _shFamily = Family(sh, pkh, witness);
        _witnessFamily = Family(witness, pkh, sh);
    }

    /// <inheritdoc/>
    public override ulong KeyOf(byte* row) => (AddressKind)row[0] switch
    {
        AddressKind.P2Pkh => _pkhFamily | _pkh.KeyOf(row + 1),
        AddressKind.P2Sh => _shFamily | _sh.KeyOf(row + 1),
        _ => _witnessFamily | WitnessOrder.KeyOf(row),
    };

    /// <inheritdoc/>
    public override int CompareEqualKeys(byte* x, byte* y)
    {
        if (new ReadOnlySpan<byte>(x, BitcoinRow.Size).SequenceEqual(new ReadOnlySpan<byte>(y, BitcoinRow.Size)))
        {
            return 0;
        }

        // Equal keys are of one family.
        int order = (AddressKind)x[0] switch
        {
            AddressKind.P2Pkh => _pkh.CompareEqualKeys(x + 1, y + 1),
            AddressKind.P2Sh => _sh.CompareEqualKeys(x + 1, y + 1),
            _ => WitnessOrder.Compare(x, y),
        };
        return order != 0 ? order : string.CompareOrdinal(Text(x), Text(y));
    }

    private static ulong Family(string text, params ReadOnlySpan<string> others)
    {
        ulong rank = 0;
        foreach (string other in others)
        {
            rank += string.CompareOrdinal(other, text) < 0 ? 1u : 0u;
        }

        return rank << FamilyShift;
    }

    private string Text(byte* row) => BitcoinRow.Read(_chain, row).ToCanonicalString();
}
