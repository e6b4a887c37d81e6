using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ChainWatch.Browser.Tests;

/// <summary>
/// The text of a PDF as Chromium prints it: pages' streams are deflated, their glyphs are numbers of a font, and the font says
/// which characters they are (ToUnicode). Enough to find words, not a reader of PDF in general.
/// </summary>
internal static partial class PdfText
{
    public static string Read(byte[] pdf)
    {
        string file = System.Text.Encoding.Latin1.GetString(pdf);
        Dictionary<int, string> objects = Objects().Matches(file).ToDictionary(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), m => m.Groups[2].Value);
        Dictionary<int, Dictionary<int, string>> fonts = [];
        foreach ((int number, string body) in objects)
        {
            if (ToUnicode().Match(body) is { Success: true } map)
            {
                fonts[number] = Characters(Stream(objects[int.Parse(map.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]));
            }
        }

        StringBuilder text = new();
        foreach (string page in objects.Values.Where(body => body.Contains("/Type /Page\n", StringComparison.Ordinal)))
        {
            Dictionary<string, Dictionary<int, string>> names = FontNames().Matches(page).Where(m => fonts.ContainsKey(Number(m))).ToDictionary(m => m.Groups[1].Value, m => fonts[Number(m)]);
            string content = Stream(objects[int.Parse(Contents().Match(page).Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);
            Dictionary<int, string>? font = null;
            foreach (Match shown in Shown().Matches(content))
            {
                if (shown.Groups["font"].Success)
                {
                    font = names.GetValueOrDefault(shown.Groups["font"].Value);
                }
                else
                {
                    string glyphs = shown.Groups["glyphs"].Value;
                    for (int i = 0; i + 4 <= glyphs.Length; i += 4)
                    {
                        text.Append(font?.GetValueOrDefault(int.Parse(glyphs.AsSpan(i, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
                    }
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static int Number(Match font) => int.Parse(font.Groups[2].ValueSpan, CultureInfo.InvariantCulture);

    private static string Stream(string body)
    {
        int start = body.IndexOf("stream\n", StringComparison.Ordinal) + "stream\n".Length;
        int end = body.LastIndexOf("endstream", StringComparison.Ordinal);
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(body[start..end]);
        if (!body[..start].Contains("/FlateDecode", StringComparison.Ordinal))
        {
            return body[start..end];
        }

        using ZLibStream inflated = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using StreamReader reader = new(inflated, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static Dictionary<int, string> Characters(string map)
    {
        Dictionary<int, string> characters = [];
        foreach (Match section in Sections().Matches(map))
        {
            bool isRange = section.Groups[1].Value == "range";
            int[][] rows = [.. section.Groups[2].Value.Split('\n').Select(l => Hex().Matches(l).Select(m => int.Parse(m.Groups[1].ValueSpan[..Math.Min(4, m.Groups[1].Length)], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray())];
            foreach (int[] row in rows.Where(r => r.Length >= (isRange ? 3 : 2)))
            {
                for (int glyph = row[0]; glyph <= (isRange ? row[1] : row[0]); glyph++)
                {
                    characters[glyph] = ((char)(row[^1] + glyph - row[0])).ToString();
                }
            }
        }

        return characters;
    }

    [GeneratedRegex(@"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", RegexOptions.Singleline)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex ToUnicode();

    [GeneratedRegex(@"/(F\d+) (\d+) 0 R")]
    private static partial Regex FontNames();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/(?<font>F\d+) [\d.]+ Tf|<(?<glyphs>[0-9A-Fa-f]+)>")]
    private static partial Regex Shown();

    [GeneratedRegex(@"beginbf(char|range)\n(.*?)endbf", RegexOptions.Singleline)]
    private static partial Regex Sections();

    [GeneratedRegex("<([0-9A-Fa-f]+)>")]
    private static partial Regex Hex();
}
