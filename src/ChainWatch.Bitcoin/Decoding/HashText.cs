namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Hashes as people write them: their bytes reversed, in lower-case hexadecimal.</summary>
internal static class HashText
{
    public static string Write(ReadOnlySpan<byte> hash)
    {
        Span<byte> written = stackalloc byte[32];
        hash.CopyTo(written);
        written.Reverse();
        return Convert.ToHexStringLower(written);
    }
}
