using ChainWatch;
using ChainWatch.Importers;

// Makes the lists in lists/ and the samples in samples/data/ from a folder of collected public data. See their README.md.
Dictionary<string, Action<string, string>> importers = new(StringComparer.Ordinal)
{
    ["ofac-sdn"] = OfacSdnImporter.Import,
    ["dprk-attributed"] = DprkImporter.Import,
    ["stops"] = StopsImporter.Import,
    ["tokens"] = TokensImporter.Import,
    ["bybit-2025"] = BybitTransfers.Import,
    ["ronin-2022"] = LazarusTransfers.Import,
};

if (args is not [string importer, string dataDirectory, string outputDirectory] || !importers.TryGetValue(importer, out Action<string, string>? import))
{
    Console.Error.WriteLine($"usage: ChainWatch.Importers {string.Join('|', importers.Keys)} DATA_DIR OUTPUT_DIR");
    return 1;
}

try
{
    import(dataDirectory, outputDirectory);
    return 0;
}
catch (ChainWatchException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
