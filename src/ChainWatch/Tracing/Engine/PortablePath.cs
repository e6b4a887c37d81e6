namespace ChainWatch.Tracing.Engine;

/// <summary>For processors without the vector instructions: one transfer after the other.</summary>
internal readonly unsafe struct PortablePath : IBatchPath
{
    public static bool HasBatches => false;

    public static uint Improving(byte* labels, uint* tails, uint* heads, uint limit, out uint leaving) => throw new NotSupportedException();

    public static uint MayImprove(byte* labels, uint* tails, uint* heads, uint limit, uint fresh, out uint leaving) => throw new NotSupportedException();

    public static uint EqualTo(uint* addresses, uint address) => throw new NotSupportedException();

    public static uint Sieved(byte* sieve, uint mask, int shift, uint* addresses) => throw new NotSupportedException();
}
