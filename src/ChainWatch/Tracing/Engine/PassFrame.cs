namespace ChainWatch.Tracing.Engine;

/// <summary>What a kernel works on during one call, as plain pointers.</summary>
internal unsafe struct PassFrame
{
    /// <summary>A byte per address (with several lists, a word of 8 bytes).</summary>
    public byte* Labels;

    public uint Limit;

    /// <summary>The addresses that transfers leave, in the direction of the trace.</summary>
    public uint* Tails;

    /// <summary>The addresses that transfers reach.</summary>
    public uint* Heads;

    /// <summary>How many transfers there are; prefetching stays inside.</summary>
    public long Count;

    /// <summary>A bit per transfer, or null where all are followed.</summary>
    public ulong* Followed;

    /// <summary>A bit per transfer: its tail is fresh. Null where no scout runs.</summary>
    public ulong* Fresh;

    /// <summary>The addresses whose inflows are kept: a bit each.</summary>
    public ulong* Interest;

    public byte* Sieve;

    public uint SieveMask;

    public int SieveShift;

    public StepWriter Steps;

    public readonly bool IsFollowed(long transfer) => Followed is null || (Followed[transfer >> 6] >> (int)(transfer & 63) & 1) != 0;

    /// <summary>The bits of 16 transfers from a multiple of 16 on.</summary>
    public readonly uint FollowedBatch(long transfer) =>
        Followed is null ? 0xffff : (uint)(Followed[transfer >> 6] >> (int)(transfer & 48)) & 0xffff;

    /// <summary>The bits of 16 transfers whose tails are fresh, from a multiple of 16 on.</summary>
    public readonly uint FreshBatch(long transfer) => (uint)(Fresh[transfer >> 6] >> (int)(transfer & 48)) & 0xffff;

    public void Take(in TransferColumns columns, bool reversed)
    {
        Tails = reversed ? columns.Target : columns.Source;
        Heads = reversed ? columns.Source : columns.Target;
        Count = columns.Count;
        Followed = columns.Followed;
        Fresh = columns.Fresh;
    }

    public void Take(InterestSet interest)
    {
        Interest = interest.Bits;
        Sieve = interest.Sieve;
        SieveMask = interest.SieveMask;
        SieveShift = interest.SieveShift;
    }
}
