using System.Text.Json;
using Newtonsoft.Json;

namespace ChainWatch.Nethereum;

/// <summary>A number of a call's parameters that 64 bits do not hold as it is written: either serializer writes its own text.</summary>
/// <param name="Text">The number as JSON.</param>
[System.Text.Json.Serialization.JsonConverter(typeof(OfPlatform))]
[Newtonsoft.Json.JsonConverter(typeof(OfNewtonsoft))]
internal sealed record ExactNumber(string Text)
{
    private sealed class OfPlatform : System.Text.Json.Serialization.JsonConverter<ExactNumber>
    {
        public override ExactNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ExactNumber value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text);
    }

    private sealed class OfNewtonsoft : Newtonsoft.Json.JsonConverter<ExactNumber>
    {
        public override ExactNumber ReadJson(JsonReader reader, Type objectType, ExactNumber? existingValue, bool hasExistingValue, Newtonsoft.Json.JsonSerializer serializer) => throw new NotSupportedException();

        public override void WriteJson(JsonWriter writer, ExactNumber? value, Newtonsoft.Json.JsonSerializer serializer) => writer.WriteRawValue(value?.Text);
    }
}
