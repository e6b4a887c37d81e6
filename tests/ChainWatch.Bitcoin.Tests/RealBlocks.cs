namespace ChainWatch.Bitcoin.Tests;

/// <summary>Real mainnet blocks, in the folder that CHAINWATCH_TEST_DATA names. Use in a [SkippableFact].</summary>
internal static class RealBlocks
{
    private const string Variable = "CHAINWATCH_TEST_DATA";

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>The block where it is there; for tests that have other data besides and never skip.</summary>
    public static bool TryRead(string name, out byte[] bytes)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        string path = Path.Combine(folder ?? "", "chain", "bitcoin", name);
        bool isThere = !string.IsNullOrEmpty(folder) && File.Exists(path);
        bytes = isThere ? File.ReadAllBytes(path) : [];
        return isThere;
    }

    public static string PathOf(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} is not set: no real blocks to read");
        string path = Path.Combine(folder!, "chain", "bitcoin", name);
        Skip.IfNot(File.Exists(path), $"{Variable} has no chain/bitcoin/{name}");
        return path;
    }
}
