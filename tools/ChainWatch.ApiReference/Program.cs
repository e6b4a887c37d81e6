using ChainWatch.ApiReference;

// Writes the public surface of every package: src/<package>/PublicApi.txt, to see each change of it, and docs/api, to read.
// Of a package that not every build has, the first alone: its assembly is named, with what it refers to beside it.
if (args is not [string repository, ..] || args.Length > 2 || !Directory.Exists(Path.Combine(repository, "src")) || (args.Length == 2 && !File.Exists(args[1])))
{
    Console.Error.WriteLine("usage: ChainWatch.ApiReference REPOSITORY [ASSEMBLY.dll] (the repository's folder holds src and docs)");
    return 1;
}

if (args.Length == 2)
{
    (string file, string text) = Reference.Baseline(Path.GetFullPath(args[1]));
    File.WriteAllText(Path.Combine(repository, file), text);
    return 0;
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
