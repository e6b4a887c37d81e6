namespace ChainWatch.Encoding;

/// <summary>A Base58Check form of a chain's addresses.</summary>
/// <param name="Version">The version bytes, one or more.</param>
/// <param name="PayloadLength">How many bytes follow them.</param>
/// <param name="Canonical">The version bytes in which the same address is written today; null where they are <paramref name="Version"/>.</param>
internal sealed record Base58Form(byte[] Version, int PayloadLength = 20, byte[]? Canonical = null)
{
    /// <summary>Whether version and payload are of this form.</summary>
    public bool Fits(ReadOnlySpan<byte> versionAndPayload) =>
        versionAndPayload.Length == Version.Length + PayloadLength && versionAndPayload.StartsWith(Version);
}
