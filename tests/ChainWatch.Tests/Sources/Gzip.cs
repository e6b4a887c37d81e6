using System.IO.Compression;

namespace ChainWatch.Tests.Sources;

internal static class Gzip
{
    public static byte[] Compress(byte[] contents, CompressionLevel level = CompressionLevel.Optimal)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, level))
        {
            gzip.Write(contents);
        }

        return compressed.ToArray();
    }

    public static byte[] Compress(string text) => Compress(System.Text.Encoding.UTF8.GetBytes(text));
}
