using System.Globalization;
using System.Numerics;
using ChainWatch.Text;

namespace ChainWatch.Tests.Packaging;

/// <summary>
/// The sample files read and traced in the plainest way there is, apart from everything that is tested: labels over sorted rows.
/// </summary>
internal sealed class SampleTransfers
{
    private readonly Row[] _rows;

    public SampleTransfers(params string[] files)
    {
        HashSet<string> tokens = [.. Column("tokens/tokens.csv", "contract", _ => true)];
        _rows = [.. files.SelectMany(f => File.ReadLines(Path.Combine(TestData.Repository, "samples", "data", f)).Skip(1)).Select(l => l.Split(','))
            .Select(c => new Row(long.Parse(c[1], CultureInfo.InvariantCulture), DateTimeOffset.Parse(c[3], CultureInfo.InvariantCulture), c[5], c[6], c[7], BigInteger.Parse(c[8], CultureInfo.InvariantCulture)))
            .Where(r => !r.Value.IsZero && r.From != r.To && (r.IsEther || tokens.Contains(r.Asset)))
            .OrderBy(r => r.Block)];
    }

    public IEnumerable<string> Addresses => _rows.SelectMany(r => new[] { r.From, r.To }).Distinct();

    /// <summary>A column of a file of the lists, in lower case, of the rows that fit.</summary>
    public static IEnumerable<string> Column(string file, string column, Func<Func<string, string>, bool> where)
    {
        using TextInput input = TextInput.Open(Path.Combine(TestData.Repository, "lists", file));
        using CsvTable table = new(input);
        List<string> found = [];
        while (table.Read())
        {
            if (where(name => System.Text.Encoding.UTF8.GetString(table[table.Required(name, name)])))
            {
                found.Add(System.Text.Encoding.UTF8.GetString(table[table.Required(column, column)]).ToLowerInvariant());
            }
        }

        return found;
    }

    /// <summary>The fewest hops of each address, and the transfers that brought funds of the seeds.</summary>
    public (Dictionary<string, int> Hops, Row[] Inflows) Trace(IEnumerable<string> seeds, int maxHops, IEnumerable<string>? stops = null)
    {
        HashSet<string> closed = [.. stops ?? []];
        Dictionary<string, int> hops = seeds.Distinct().ToDictionary(s => s, _ => 0);
        List<Row> inflows = [];
        foreach (Row[] block in _rows.GroupBy(r => r.Block).Select(g => g.ToArray()))
        {
            bool Carries(Row r) => hops.TryGetValue(r.From, out int from) && from < maxHops && (from == 0 || !closed.Contains(r.From));
            bool isChanged = true;
            while (isChanged)
            {
                isChanged = false;
                foreach (Row row in block.Where(Carries).Where(r => hops.GetValueOrDefault(r.To, int.MaxValue) > hops[r.From] + 1))
                {
                    hops[row.To] = hops[row.From] + 1;
                    isChanged = true;
                }
            }

            inflows.AddRange(block.Where(Carries));
        }

        HashSet<string> known = [.. Addresses];
        return (hops.Where(h => known.Contains(h.Key)).ToDictionary(), [.. inflows]);
    }

    public sealed record Row(long Block, DateTimeOffset Time, string From, string To, string Asset, BigInteger Value)
    {
        public bool IsEther => Asset == "native";
    }
}
