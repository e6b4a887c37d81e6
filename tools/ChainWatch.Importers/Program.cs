using ChainWatch;
using ChainWatch.Importers;

// Makes the lists in lists/ from a folder of collected public data. See lists/README.md.
Dictionary<string, Action<string, string>> importers = new(StringComparer.Ordinal)
{
    ["ofac-sdn"] = OfacSdnImporter.Import,
    ["dprk-attributed"] = DprkImporter.Import,
    ["stops"] = StopsImporter.Import,
    ["tokens"] = TokensImporter.Import,
};

if (args is not [string importer, string dataDirectory, string listsDirectory] || !importers.TryGetValue(importer, out Action<string, string>? import))
{
    Console.Error.WriteLine($"usage: ChainWatch.Importers {string.Join('|', importers.Keys)} DATA_DIR LISTS_DIR");
    return 1;
}

try
{
    import(dataDirectory, listsDirectory);
    return 0;
}
catch (ChainWatchException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
