using System.Text.Json;

namespace ChainWatch.Ethereum.Tests.Recorded;

/// <summary>Answers of real nodes, in the folder that CHAINWATCH_TEST_DATA names. Use in a [SkippableFact].</summary>
internal static class RecordedAnswer
{
    private const string Variable = "CHAINWATCH_TEST_DATA";

    public static string Folder(string path)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} is not set: no recorded answers to read");
        string full = Path.Combine(folder!, "chain", "ethereum", path);
        Skip.IfNot(Directory.Exists(full), $"{Variable} has no chain/ethereum/{path}");
        return full;
    }

    /// <summary>The results of the JSON-RPC answers in a folder whose file names begin so, in the order of the names.</summary>
    public static IReadOnlyList<byte[]> Results(string folder, string method) =>
        [.. Directory.GetFiles(folder, $"web3_response.{method}*.json").Order(StringComparer.Ordinal).Select(f => Result(File.ReadAllText(f)))];

    public static byte[] Result(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        return System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetProperty("result").GetRawText());
    }

    /// <summary>The request and response pairs of ethereum/execution-apis: the file, what was called, and the response.</summary>
    public static IEnumerable<(string File, string Method, string Response)> Pairs()
    {
        foreach (string file in Directory.GetFiles(Folder("execution-apis"), "*.io", SearchOption.AllDirectories))
        {
            string method = "";
            foreach (string line in File.ReadLines(file))
            {
                if (line.StartsWith(">> ", StringComparison.Ordinal))
                {
                    using JsonDocument request = JsonDocument.Parse(line[3..]);
                    method = request.RootElement.GetProperty("method").GetString()!;
                }
                else if (line.StartsWith("<< ", StringComparison.Ordinal))
                {
                    yield return (file, method, line[3..]);
                }
            }
        }
    }

    /// <summary>The rows of a CSV by column.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string path)
    {
        using CsvHelper.CsvReader reader = CsvHelper.CsvReader.Create(File.ReadAllBytes(path), CsvHelper.CsvReaderOptions.Default with { Separator = ',' });
        reader.ReadHeader();
        string[] headers = [.. reader.Headers];
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (reader.Read())
        {
            rows.Add(headers.ToDictionary(header => header, reader.GetString));
        }

        return rows;
    }
}
