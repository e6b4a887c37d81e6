using CsvHelper;

namespace ChainWatch.Importers;

/// <summary>An entity of OFAC's SDN.CSV (no header; uid, name, type, programs joined by <c>] [</c>, …).</summary>
internal sealed record SdnEntity(string Uid, IReadOnlyList<string> Programs)
{
    public static SdnEntity Read(string path, string name)
    {
        using CsvReader reader = CsvReader.FromFile(path, CsvReaderOptions.Default with { Separator = ',', HasHeader = false });
        while (reader.Read())
        {
            if (reader.FieldCount > 3 && reader.GetString(1) == name)
            {
                return new SdnEntity(reader.GetString(0), reader.GetString(3).Split("] ["));
            }
        }

        throw ChainWatchException.At(path, 0, null, $"has no entity '{name}'");
    }
}
