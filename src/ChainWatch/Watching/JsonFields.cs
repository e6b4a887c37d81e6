using System.Globalization;
using System.Text.Json;
using ChainWatch.Reporting;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>The properties of an object that this library wrote: each is there, and of its type, or it is an error that names it.</summary>
internal readonly struct JsonFields(JsonElement element, string file, long line)
{
    public ChainWatchException Problem(string property, string problem) => ChainWatchException.At(file, line, property, problem);

    public string Text(string property) => TextOrNull(property) ?? throw Problem(property, "expected a text");

    public string? TextOrNull(string property) => Get(property) switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Null } => null,
        _ => throw Problem(property, "expected a text"),
    };

    public long Number(string property) => NumberOrNull(property) ?? throw Problem(property, "expected a whole number of 0 or more");

    public int Count(string property) => CountOrNull(property) ?? throw Problem(property, "expected a whole number of 0 or more");

    public int? CountOrNull(string property) => NumberOrNull(property) switch
    {
        null => null,
        <= int.MaxValue and long number => (int)number,
        _ => throw Problem(property, "expected a whole number below 2^31"),
    };

    public bool Flag(string property) => Get(property).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Problem(property, "expected true or false"),
    };

    /// <summary>A value of an enumeration, as reports write it.</summary>
    public T Word<T>(string property) where T : struct, Enum
    {
        string text = Text(property);
        foreach (T value in Enum.GetValues<T>())
        {
            if (ReportWords.Of(value) == text)
            {
                return value;
            }
        }

        throw Problem(property, $"'{text}': expected one of {string.Join(", ", Enum.GetValues<T>().Select(v => ReportWords.Of(v)))}");
    }

    public Address Address(string property) => ChainWatch.Address.TryParse(Text(property), out Address address)
        ? address
        : throw Problem(property, $"'{Text(property)}' is no address; expected one with its chain (CAIP-10)");

    public DateTimeOffset? TimeOrNull(string property) => TextOrNull(property) is not string text ? null
        : UtcTime.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out DateTimeOffset time) ? time
        : throw Problem(property, $"'{text}' is no time");

    public DateOnly? DateOrNull(string property) => TextOrNull(property) is not string text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date
        : throw Problem(property, $"'{text}' is no date: expected YYYY-MM-DD");

    public JsonFields Inner(string property) => new(Get(property), file, line);

    /// <summary>The objects of an array that may be missing.</summary>
    public IEnumerable<JsonFields> ItemsOrNone(string property) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out _) ? Items(property) : [];

    public IEnumerable<JsonFields> Items(string property)
    {
        JsonElement array = Get(property);
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw Problem(property, "expected an array");
        }

        (string place, long number) = (file, line);
        return array.EnumerateArray().Select(item => new JsonFields(item, place, number));
    }

    /// <summary>The texts of an array.</summary>
    public string[] Texts(string property)
    {
        if (Get(property) is not { ValueKind: JsonValueKind.Array } array)
        {
            throw Problem(property, "expected an array");
        }

        (string place, long number) = (file, line);
        return [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw ChainWatchException.At(place, number, property, "expected texts"))];
    }

    /// <summary>An object; null where there is none.</summary>
    public JsonFields? InnerOrNull(string property) => Get(property).ValueKind == JsonValueKind.Null ? null : Inner(property);

    public long? NumberOrNull(string property) => Get(property) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out long number) && number >= 0 => number,
        _ => throw Problem(property, "expected a whole number of 0 or more"),
    };

    private JsonElement Get(string property) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value)
        ? value
        : throw Problem(property, "is missing");
}
