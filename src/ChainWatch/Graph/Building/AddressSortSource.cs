namespace ChainWatch.Graph.Building;

/// <summary>The numbers of an interner, to be put into canonical order; those of addresses kept as text come last.</summary>
internal readonly unsafe struct AddressSortSource(AddressInterner interner, CanonicalKeys keys) : ISortSource
{
    /// <inheritdoc/>
    public ulong KeyMin => 0;

    /// <inheritdoc/>
    public ulong KeyMax => ulong.MaxValue;

    /// <inheritdoc/>
    public ulong KeyOf(int index) => interner.IsText(index) ? ulong.MaxValue : keys.KeyOf(interner.Rows.At(index));

    /// <inheritdoc/>
    public int FurtherKeys => keys.FurtherKeys;

    /// <inheritdoc/>
    public ulong FurtherKeyOf(int index, int number) => interner.IsText(index) ? ulong.MaxValue : keys.FurtherKeyOf(interner.Rows.At(index), number);

    /// <inheritdoc/>
    public void Expect(int index)
    {
        // Equal keys are rare among addresses.
    }

    /// <inheritdoc/>
    public int CompareEqualKeys(int x, int y) => (interner.IsText(x), interner.IsText(y)) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => keys.CompareEqualKeys(interner.Rows.At(x), interner.Rows.At(y)),
    };
}
