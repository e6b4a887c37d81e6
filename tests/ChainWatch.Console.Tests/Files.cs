namespace ChainWatch.Console.Tests;

/// <summary>The repository's own files, and a folder for those that a test makes.</summary>
internal sealed class Files : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-").FullName;

    /// <summary>The Bybit case: 240 transfers of five addresses.</summary>
    public static string Bybit => Path.Combine(Repository, "samples", "data", "bybit-2025.csv");

    /// <summary>The Ronin case: 436 transfers of the eight listed addresses.</summary>
    public static string Ronin => Path.Combine(Repository, "samples", "data", "ronin-2022.csv");

    /// <summary>The lists of the repository.</summary>
    public static string Lists => Path.Combine(Repository, "lists");

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    public string this[string name] => Path.Combine(_folder, name);

    public string Write(string name, params string[] lines)
    {
        File.WriteAllText(this[name], string.Join('\n', lines) + "\n");
        return this[name];
    }

    /// <summary>Transfers of ether, each in the next block: payer, payee, ether.</summary>
    public string WriteTransfers(string name, params (string From, string To, int Ether)[] transfers) => Write(
        name,
        ["chain,block,position,time,tx,from,to,asset,value", .. transfers.Select((t, i) => $"ethereum,{100 + i},0,2024-01-{i + 1:00}T00:00:00Z,,{t.From},{t.To},native,{t.Ether}000000000000000000")]);

    /// <summary>Copies one of the repository's lists into the folder <c>lists</c>, which it returns.</summary>
    public string CopyList(string name)
    {
        Directory.CreateDirectory(this[$"lists/{name}"]);
        foreach (string file in Directory.GetFiles(Path.Combine(Lists, name)))
        {
            File.Copy(file, this[$"lists/{name}/{Path.GetFileName(file)}"]);
        }

        return this["lists"];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
