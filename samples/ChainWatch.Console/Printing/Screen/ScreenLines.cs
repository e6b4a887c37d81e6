using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>JSON lines: an object for each address, as in the array of the JSON answer.</summary>
internal sealed class ScreenLines : IScreenWriter
{
    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;

    public ScreenLines(Stream output)
    {
        _output = new BufferedStream(output, 1 << 16);
        _json = new Utf8JsonWriter(_output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public void Write(ScreenedAddress address)
    {
        JsonText.WriteScreened(_json, address);
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }

    public void Flush() => _output.Flush();

    public void Finish() => Flush();

    // The stream below belongs to the caller.
    public void Dispose() => _json.Dispose();
}
