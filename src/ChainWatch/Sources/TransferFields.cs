namespace ChainWatch.Sources;

/// <summary>The fields of one row of a transfer file as found, in UTF-8. Empty: the row does not say.</summary>
internal ref struct TransferFields
{
    public ReadOnlySpan<byte> Chain;
    public ReadOnlySpan<byte> Block;
    public ReadOnlySpan<byte> Position;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Tx;
    public ReadOnlySpan<byte> From;
    public ReadOnlySpan<byte> To;
    public ReadOnlySpan<byte> Asset;
    public ReadOnlySpan<byte> Value;
    public ReadOnlySpan<byte> OutPoint;
}
