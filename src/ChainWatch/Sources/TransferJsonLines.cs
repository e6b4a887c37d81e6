using System.Globalization;
using System.Text.Json;
using ChainWatch.Text;

namespace ChainWatch.Sources;

/// <summary>The transfer file as JSON lines: an object per line with the CSV's names; numbers may be written as numbers.</summary>
internal static class TransferJsonLines
{
    private static readonly string[] Names = ["chain", "block", "position", "time", "tx", "from", "to", "asset", "value", "outpoint"];

    // The others may be left out: the row does not say.
    private static readonly (int Index, string Expected)[] Required =
    [
        (0, "ethereum, bitcoin or a CAIP-2 id such as eip155:137"),
        (1, "the block's height"),
        (7, "native, ETH, BTC or a token's contract address"),
        (8, "an integer of base units"),
    ];

    public static void Read(TextInput input, TransferRows rows, CancellationToken cancellationToken)
    {
        TextLines lines = new(input.Text);
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            try
            {
                rows.Add(Fields(line, input.Name, lines.Number), lines.Number);
            }
            catch (JsonException e)
            {
                throw ChainWatchException.At(input.Name, lines.Number, null, string.Create(CultureInfo.InvariantCulture, $"malformed JSON at byte {e.BytePositionInLine + 1} of the line; expected one whole object per line"));
            }
        }
    }

    private static TransferFields Fields(ReadOnlySpan<byte> line, string file, int number)
    {
        TransferFields row = default;
        Utf8JsonReader json = new(line);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw ChainWatchException.At(file, number, null, "the line is not a JSON object; expected one object per line");
        }

        int seen = 0;
        int given = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int index = IndexOfName(ref json);
            json.Read();
            if (index < 0)
            {
                json.Skip();
                continue;
            }

            if ((seen & (1 << index)) != 0)
            {
                throw ChainWatchException.At(file, number, Names[index], "the object has this property twice");
            }

            seen |= 1 << index;
            ReadOnlySpan<byte> text = json.TokenType switch
            {
                JsonTokenType.Null => default,
                JsonTokenType.Number => json.ValueSpan,
                JsonTokenType.String => json.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(json.GetString()!) : json.ValueSpan,
                _ => throw ChainWatchException.At(file, number, Names[index], "expected text, a number or null"),
            };
            Set(ref row, index, text);
            given |= json.TokenType == JsonTokenType.Null ? 0 : 1 << index;
        }

        // Throws where something follows the object.
        json.Read();
        foreach ((int index, string expected) in Required)
        {
            if ((given & (1 << index)) == 0)
            {
                throw ChainWatchException.At(file, number, Names[index], $"missing; expected {expected}");
            }
        }

        return row;
    }

    private static int IndexOfName(ref Utf8JsonReader json)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (json.ValueTextEquals(Names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Set(ref TransferFields row, int index, ReadOnlySpan<byte> text)
    {
        switch (index)
        {
            case 0: row.Chain = text; break;
            case 1: row.Block = text; break;
            case 2: row.Position = text; break;
            case 3: row.Time = text; break;
            case 4: row.Tx = text; break;
            case 5: row.From = text; break;
            case 6: row.To = text; break;
            case 7: row.Asset = text; break;
            case 8: row.Value = text; break;
            default: row.OutPoint = text; break;
        }
    }
}
