namespace ChainWatch.Graph.Storage;

/// <summary>A run of bytes that stays at its place for as long as the object lives: memory of our own, or a part of a mapped file.</summary>
internal abstract unsafe class ByteBlock
{
    /// <summary>The first byte; aligned to 64.</summary>
    public byte* Pointer { get; protected set; }

    /// <summary>How many bytes.</summary>
    public long Length { get; protected set; }

    /// <summary>Makes sure that some bytes are those that were written. To be called before they are read.</summary>
    /// <exception cref="ChainWatchException">They are not.</exception>
    public virtual void Require(long offset, long length)
    {
    }
}
