using ChainWatch.Text;

namespace ChainWatch.Tests.Sources;

/// <summary>Rows of the usual shape are split by ChainWatch, others by CsvHelper: the same rows, lines and errors.</summary>
public class CsvTableTests
{
    private static readonly string[] Pieces = ["a", "bc", "", "1", "\"q\"", "\"x,y\"", "\"two\nlines\"", "é", "a\rb", " ", "\"", "\"a\"b"];

    [Fact]
    public void Table_OfAnyShape_IsThatOfCsvHelper()
    {
        Random random = new(11);
        int failed = 0;
        for (int number = 0; number < 250; number++)
        {
            int columns = random.Next(1, 5);
            int strange = random.Next(4) == 0 ? Pieces.Length : 4;
            string end = random.Next(3) == 0 ? "\r\n" : "\n";
            List<string> lines = [string.Join(',', Enumerable.Range(0, columns).Select(i => random.Next(40) == 0 ? $"\"h{i}\"" : $"h{i}"))];
            for (int row = random.Next(12); row > 0; row--)
            {
                int fields = random.Next(30) == 0 ? random.Next(0, 6) : columns;
                lines.Add(string.Join(',', Enumerable.Range(0, fields).Select(_ => Pieces[random.Next(random.Next(3) == 0 ? Pieces.Length : strange)])));
            }

            string text = string.Join(end, lines) + (random.Next(3) == 0 ? "" : end);
            string expected = Read(text, '\u0001');
            failed += expected.Contains("error:", StringComparison.Ordinal) ? 1 : 0;
            Assert.Equal(expected, Read(text, null));
        }

        failed.ShouldBeInRange(5, 200);
    }

    [Fact]
    public void LinesLongerThanTheBuffer_AreRead()
    {
        string wide = new('x', 300_000);
        Read($"a,b\n{wide},1\n2,{wide}\n\"q\",{wide}\n", null).ShouldBe($"2:{wide}|1\n3:2|{wide}\n4:q|{wide}\n");
    }

    // With a prefix for comments, which no line has, CsvHelper reads everything.
    private static string Read(string text, char? commentPrefix)
    {
        System.Text.StringBuilder found = new();
        try
        {
            using TextInput input = TextInput.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "t.csv");
            using CsvTable table = new(input, commentPrefix);
            int columns = Enumerable.Range(0, 9).Count(i => table.Has($"h{i}"));
            columns = columns == 0 ? 2 : columns;
            while (table.Read())
            {
                found.Append(System.Globalization.CultureInfo.InvariantCulture, $"{table.Line}:");
                for (int i = 0; i < columns; i++)
                {
                    found.Append(i > 0 ? "|" : "").Append(System.Text.Encoding.UTF8.GetString(table[i]));
                }

                found.Append('\n');
            }
        }
        catch (ChainWatchException e)
        {
            found.Append("error: ").Append(e.Message);
        }

        return found.ToString();
    }
}
