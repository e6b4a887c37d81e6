namespace ChainWatch.Graph.Files;

/// <summary>A file's bytes, to find its parts. They may become fewer meanwhile: another process may cut what was not finished.</summary>
internal interface IFileBytes
{
    /// <summary>How many bytes there were.</summary>
    long Length { get; }

    /// <summary>Reads bytes; false where they are not there any more.</summary>
    bool TryRead(long offset, Span<byte> bytes);
}
