using ChainWatch.Bundling;

namespace ChainWatch.Console.Tests.Bundles;

/// <summary>What a test does with a bundle: reads it, looks for what must not be in it, changes it and makes every checksum anew.</summary>
internal static class BundleFiles
{
    public static IReadOnlyDictionary<string, byte[]> Read(string path)
    {
        using EvidenceBundle bundle = EvidenceBundle.Open(path);
        return bundle.Names.ToDictionary(n => n, n => bundle.ReadFile(n), StringComparer.Ordinal);
    }

    public static string Text(string path, string name) => System.Text.Encoding.UTF8.GetString(Read(path)[name]);

    /// <summary>Writes the bundle anew with one file changed, with valid checksums.</summary>
    public static string Forge(string path, string name, Func<byte[], byte[]> change)
    {
        string forged = $"{path}.forged.zip";
        IReadOnlyDictionary<string, byte[]> files = Read(path);
        files.Keys.ShouldContain(name);
        using FileStream output = new(forged, FileMode.Create);
        EvidenceBundle.Write(output, files.Select(f => BundleFile.Of(f.Key, f.Key == name ? change(f.Value) : f.Value)));
        return forged;
    }

    public static byte[] Replaced(byte[] bytes, string before, string after)
    {
        string text = System.Text.Encoding.UTF8.GetString(bytes);
        text.ShouldContain(before, Case.Sensitive);
        return System.Text.Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal));
    }

    public static void ShouldHoldNone(string path, params string[] words)
    {
        byte[] bytes = File.ReadAllBytes(path);
        foreach (string word in words)
        {
            bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)).ShouldBe(-1, word);
        }
    }
}
