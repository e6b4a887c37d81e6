using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ChainWatch.Reporting;

namespace ChainWatch.Watching;

/// <summary>
/// A line of the alert log: its number, the SHA-256 of the line before, the alert, and a seal, the SHA-256 of all of that.
/// The seal shows a changed byte in the line itself, <c>prev</c> one that was sealed anew.
/// </summary>
internal static class AlertLine
{
    public const int LengthMax = 1 << 20;
    private const byte End = (byte)'\n';
    private const int SealLength = 64;

    private static ReadOnlySpan<byte> BeforeSeal => ",\"seal\":\""u8;

    private static ReadOnlySpan<byte> AfterSeal => "\"}"u8;

    /// <summary>The line that follows a head, with its LF.</summary>
    /// <exception cref="ChainWatchException">It would be longer than <see cref="LengthMax"/>.</exception>
    public static byte[] Write(AlertHead before, Alert alert, SymbolBook symbols, out AlertHead head)
    {
        ArrayBufferWriter<byte> line = new(2048);
        using (Utf8JsonWriter json = new(line, AlertJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("number", before.Number + 1);
            json.WriteString("prev", before.Sha256);
            json.WritePropertyName("alert");
            AlertJson.Write(json, alert, symbols);
            json.Flush();
        }

        string seal = HashOf(line.WrittenSpan);
        line.Write(BeforeSeal);
        line.Write(System.Text.Encoding.ASCII.GetBytes(seal));
        line.Write(AfterSeal);
        line.Write([End]);
        if (line.WrittenCount > LengthMax)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"the alert {alert.Id} takes {line.WrittenCount} bytes; expected at most {LengthMax}: its path or its list's name is too long"));
        }

        head = new AlertHead(before.Number + 1, HashOf(line.WrittenSpan));
        return line.WrittenSpan.ToArray();
    }

    /// <summary>Reads the line that must follow a head.</summary>
    /// <param name="line">It, with its LF.</param>
    /// <param name="before">The head of the line before.</param>
    /// <param name="file">The log, for messages.</param>
    /// <exception cref="ChainWatchException">It was edited, or stands at another place than it was written at; the message names the line.</exception>
    public static LoggedAlert Read(ReadOnlyMemory<byte> line, AlertHead before, string file)
    {
        long number = before.Number + 1;
        ReadOnlyMemory<byte> content = line[..^1];
        RequireSeal(content.Span, file, number);
        (long found, string prev, Range alert) = Split(content.Span, file, number);
        if (found != number)
        {
            throw ChainWatchException.At(file, number, "number", string.Create(CultureInfo.InvariantCulture, $"found {found}, expected {number}: {(found > number ? "lines were removed before it, or it was moved" : "the line was inserted, repeated or moved")}"));
        }

        if (prev != before.Sha256)
        {
            // The numbers are right, so it is the line before that is not the one it was.
            throw number == 1
                ? ChainWatchException.At(file, 1, "prev", $"found '{OneLine(prev)}', expected {before.Sha256}: before the first line there is none")
                : ChainWatchException.At(file, number - 1, null, string.Create(CultureInfo.InvariantCulture, $"the line was edited or replaced: its SHA-256 is {before.Sha256}, expected {OneLine(prev)}, as line {number} tells"));
        }

        ReadOnlyMemory<byte> json = content[alert];
        return new LoggedAlert(new AlertHead(number, HashOf(line.Span)), AlertReading.Read(json, file, number), json);
    }

    private static void RequireSeal(ReadOnlySpan<byte> content, string file, long number)
    {
        int length = content.Length - BeforeSeal.Length - SealLength - AfterSeal.Length;
        if (length < 0 || !content[length..].StartsWith(BeforeSeal) || !content.EndsWith(AfterSeal))
        {
            throw ChainWatchException.At(file, number, "seal", "the line was edited: its seal is missing; expected the line as it was written");
        }

        string expected = System.Text.Encoding.ASCII.GetString(content.Slice(length + BeforeSeal.Length, SealLength));
        string found = HashOf(content[..length]);
        if (found != expected)
        {
            throw ChainWatchException.At(file, number, "seal", $"the line was edited: its SHA-256 is {found}, expected {OneLine(expected)}");
        }
    }

    private static (long Number, string Prev, Range Alert) Split(ReadOnlySpan<byte> content, string file, long number)
    {
        try
        {
            Utf8JsonReader json = new(content);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject
                && IsProperty(ref json, "number"u8) && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long found)
                && IsProperty(ref json, "prev"u8) && json.TokenType == JsonTokenType.String && json.GetString() is string prev
                && IsProperty(ref json, "alert"u8) && json.TokenType == JsonTokenType.StartObject)
            {
                int start = (int)json.TokenStartIndex;
                json.Skip();
                return (found, prev, start..(int)json.BytesConsumed);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Told below: whoever forges a seal may write anything before it.
        }

        throw ChainWatchException.At(file, number, null, "expected an object with number, prev, alert and seal, in this order");
    }

    private static bool IsProperty(ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read();

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
