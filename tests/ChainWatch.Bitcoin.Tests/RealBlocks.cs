namespace ChainWatch.Bitcoin.Tests;

/// <summary>Real mainnet blocks, in the folder that CHAINWATCH_TEST_DATA names. Use in a [SkippableFact].</summary>
internal static class RealBlocks
{
    private const string Variable = "CHAINWATCH_TEST_DATA";

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public static string PathOf(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} is not set: no real blocks to read");
        string path = Path.Combine(folder!, "chain", "bitcoin", name);
        Skip.IfNot(File.Exists(path), $"{Variable} has no chain/bitcoin/{name}");
        return path;
    }
}
