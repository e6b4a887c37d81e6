namespace ChainWatch.Tracing.Engine;

/// <summary>
/// The label bytes of one lane, to read: a byte per address, so many bytes apart. Valid while the labels that gave it are
/// reachable and have not grown.
/// </summary>
internal readonly unsafe struct LabelColumn(byte* first, int apart, int length)
{
    public int Length => length;

    /// <summary>An address's label, see <see cref="LabelByte"/>.</summary>
    public byte this[int address]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)address, (uint)length, nameof(address));
            return first[(long)address * apart];
        }
    }
}
