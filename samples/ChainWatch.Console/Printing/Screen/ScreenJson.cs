using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>One JSON object: the lists asked, and an object for each address.</summary>
internal sealed class ScreenJson : IScreenWriter
{
    private const int FlushBytes = 1 << 16;
    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;
    private readonly ScreenRun _run;
    private long _screened;
    private long _inForce;

    public ScreenJson(Terminal terminal, ScreenRun run)
    {
        _run = run;
        _output = terminal.AnswerBytes;
        _json = new Utf8JsonWriter(_output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        JsonText.WriteDay(_json, "as_of", run.AsOf);
        JsonText.WriteLists(_json, run.Lists);
        _json.WriteStartArray("results");
    }

    public void Write(ScreenedAddress address)
    {
        _screened++;
        _inForce += address.Screening.IsInForce ? 1 : 0;
        _json.WriteStartObject();
        _json.WriteString("address", address.Screening.Address.ToCaip10());
        _json.WriteString("ref", address.Reference);
        _json.WriteBoolean("match_in_force", address.Screening.IsInForce);
        JsonText.WriteMatches(_json, address.Screening.Matches);
        _json.WriteString("statement", address.Screening.Statement);
        _json.WriteEndObject();
        if (_json.BytesPending > FlushBytes)
        {
            _json.Flush();
        }
    }

    public void Finish()
    {
        _json.WriteEndArray();
        _json.WriteNumber("screened", _screened);
        _json.WriteNumber("with_match_in_force", _inForce);
        _json.WriteStartArray("stale_lists");
        foreach (string stale in _run.Stale)
        {
            _json.WriteStringValue(stale);
        }

        _json.WriteEndArray();
        JsonText.End(_json, _output);
    }

    public void Dispose() => _json.Dispose();
}
