using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Nethereum.JsonRpc.Client.RpcMessages;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ChainWatch.Nethereum;

/// <summary>Writes what a client of Nethereum read back as the JSON-RPC response that it was.</summary>
internal static class RpcAnswerWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a response; an id that is no number of ours becomes null, which no call has.</summary>
    public static void Write(Utf8JsonWriter writer, RpcResponseMessage answer)
    {
        Begin(writer, long.TryParse(Convert.ToString(answer.Id, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null);
        if (answer.Error is RpcError error)
        {
            WriteError(writer, error.Code, error.Message, error.Data);
        }
        else
        {
            writer.WritePropertyName("result"u8);
            WriteResult(writer, answer.Result);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an error response.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="id">The call's id; null: the error is of the whole batch.</param>
    /// <param name="code">The code.</param>
    /// <param name="message">The words.</param>
    /// <param name="data">What the endpoint says besides: passed on where it is text.</param>
    public static void Write(Utf8JsonWriter writer, long? id, int code, string? message, object? data)
    {
        Begin(writer, id);
        WriteError(writer, code, message, data);
        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, long? id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WritePropertyName("id"u8);
        if (id is long number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteError(Utf8JsonWriter writer, int code, string? message, object? data)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, code);
        writer.WriteString("message"u8, message);
        string? text = data switch
        {
            string s => s,
            JValue { Type: JTokenType.String } value => (string?)value,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
            _ => null,
        };
        if (text is not null)
        {
            writer.WriteString("data"u8, text);
        }

        writer.WriteEndObject();
    }

    // The clients check what they read; checking it again would bound how deep it may nest.
    private static void WriteResult(Utf8JsonWriter writer, object? result)
    {
        switch (result)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonElement element:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
                break;
            default:
                using (MemoryStream bytes = new())
                {
                    using (JsonTextWriter text = new(new StreamWriter(bytes, Utf8, leaveOpen: true)))
                    {
                        (result as JToken ?? JToken.FromObject(result)).WriteTo(text);
                    }

                    writer.WriteRawValue(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), skipInputValidation: true);
                }

                break;
        }
    }
}
