using ChainWatch.ApiReference;

// Writes the public surface of every package: src/<package>/PublicApi.txt, to see each change of it, and docs/api, to read.
if (args is not [string repository] || !Directory.Exists(Path.Combine(repository, "src")))
{
    Console.Error.WriteLine("usage: ChainWatch.ApiReference REPOSITORY (its folder holds src and docs)");
    return 1;
}

foreach ((string file, string text) in Reference.Files(AppContext.BaseDirectory))
{
    string path = Path.Combine(repository, file);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, text);
}

foreach (string stale in Directory.EnumerateFiles(Path.Combine(repository, Reference.PagesFolder)).Where(f => !Reference.Files(AppContext.BaseDirectory).Any(r => Path.GetFileName(r.File) == Path.GetFileName(f))))
{
    File.Delete(stale);
}

return 0;
