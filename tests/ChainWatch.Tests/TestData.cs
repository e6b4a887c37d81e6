namespace ChainWatch.Tests;

/// <summary>The folders that tests read: real data (may be absent: the test then skips and says so) and this repository's own files.</summary>
internal static class TestData
{
    private const string Variable = "CHAINWATCH_TEST_DATA";

    /// <summary>The root of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A file of the real data, by its path in the folder that CHAINWATCH_TEST_DATA names. Use in a [SkippableFact].</summary>
    public static string Real(string relativePath)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} is not set: no real data to read");
        string path = Path.Combine(folder!, relativePath);
        Skip.IfNot(File.Exists(path), $"{Variable} has no {relativePath}");
        return path;
    }

    /// <summary>A fresh empty folder, which the test removes.</summary>
    public static TemporaryFolder NewFolder() => new();

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChainWatch.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside a checkout");
    }
}

/// <summary>A folder that is deleted with its contents when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("chainwatch-").FullName;

    public string Path { get; }

    public string Write(string name, string contents)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, contents);
        return path;
    }

    public string Write(string name, byte[] contents)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, contents);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
