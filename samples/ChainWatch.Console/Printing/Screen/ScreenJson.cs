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

    public ScreenJson(Stream output, ScreenRun run)
    {
        _run = run;
        _output = output;
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
        JsonText.WriteScreened(_json, address);
        if (_json.BytesPending > FlushBytes)
        {
            _json.Flush();
        }
    }

    public void Flush() => _json.Flush();

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
