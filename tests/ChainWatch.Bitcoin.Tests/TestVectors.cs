namespace ChainWatch.Bitcoin.Tests;

/// <summary>Published test vectors, in the folder that CHAINWATCH_TEST_DATA names. Use in a [SkippableFact].</summary>
internal static class TestVectors
{
    private const string Variable = "CHAINWATCH_TEST_DATA";

    public static byte[] Read(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} is not set: no vectors to read");
        string path = Path.Combine(folder!, "vectors", name);
        Skip.IfNot(File.Exists(path), $"{Variable} has no vectors/{name}");
        return File.ReadAllBytes(path);
    }
}
