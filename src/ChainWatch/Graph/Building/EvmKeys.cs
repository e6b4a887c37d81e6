namespace ChainWatch.Graph.Building;

/// <summary>Lower-case hexadecimal digits are in the order of the bytes.</summary>
internal sealed unsafe class EvmKeys : CanonicalKeys
{
    /// <inheritdoc/>
    public override ulong KeyOf(byte* row) => Word.Read(row);

    /// <summary>Many addresses of one beginning are made on purpose, some to look alike.</summary>
    public override int FurtherKeys => 2;

    /// <inheritdoc/>
    public override ulong FurtherKeyOf(byte* row, int number) => number == 0 ? Word.Read(row + 8) : Word.ReadHalf(row + 16);

    /// <inheritdoc/>
    public override int CompareEqualKeys(byte* x, byte* y)
    {
        int order = Word.Read(x + 8).CompareTo(Word.Read(y + 8));
        return order != 0 ? order : Word.ReadHalf(x + 16).CompareTo(Word.ReadHalf(y + 16));
    }
}
