namespace ChainWatch.Bitcoin.Tests.CrossCheck;

/// <summary>The real blocks on which other programs are asked for their opinion. Use in a [SkippableFact].</summary>
internal static class CrossBlocks
{
    private const int MagicAndLength = 8;

    /// <summary>The files of <see cref="RealBlocks"/>.</summary>
    public static string[] Files { get; } = ["blk00000.dat", "block300025.raw", "block413567.raw", "block482683.raw"];

    /// <summary>The blocks of a file.</summary>
    public static IEnumerable<byte[]> Of(string file)
    {
        byte[] bytes = RealBlocks.Read(file);
        if (!file.StartsWith("blk", StringComparison.Ordinal))
        {
            // One of them has a stray byte at its end.
            yield return file == "block413567.raw" ? bytes[..^1] : bytes;
            yield break;
        }

        int length;
        for (int at = 0; at + MagicAndLength <= bytes.Length && (length = BitConverter.ToInt32(bytes, at + 4)) > 0; at += MagicAndLength + length)
        {
            yield return bytes[(at + MagicAndLength)..(at + MagicAndLength + length)];
        }
    }
}
