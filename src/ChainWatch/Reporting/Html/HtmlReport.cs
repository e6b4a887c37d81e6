using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>
/// One page that needs nothing else: style, scripts and data stand in it, and its content security policy forbids it to load
/// anything and to run any other script. The data are JSON that the scripts show as text, never as markup.
/// </summary>
internal static class HtmlReport
{
    // Escapes < > & ' " and everything beyond ASCII: no text of the data can end its element.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    public static void Write(TraceResult result, Stream output, RunInfo? run, ViewerLibrary library)
    {
        string libraryScript = Inline(library.Script);
        string script = Inline(ViewerFiles.Script);
        string style = ViewerFiles.Style;
        Dictionary<string, Action> parts = new(StringComparer.Ordinal)
        {
            ["policy"] = () => Write(output, $"default-src 'none'; script-src {Hash(libraryScript)} {Hash(script)}; style-src {Hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"),
            ["style"] = () => Write(output, style),
            ["data"] = () => WriteJson(output, json => new HtmlBody(json, result).Write()),
            ["run"] = () => WriteJson(output, json => WriteRun(json, result, run)),
            ["licence"] = () => Write(output, library.Licence.Replace("--", "- -", StringComparison.Ordinal)),
            ["library"] = () => Write(output, libraryScript),
            ["script"] = () => Write(output, script),
        };
        string[] pieces = ViewerFiles.Template.Split("{{");
        Write(output, pieces[0]);
        foreach (string piece in pieces.Skip(1))
        {
            int end = piece.IndexOf("}}", StringComparison.Ordinal);
            parts[piece[..end]]();
            Write(output, piece[(end + 2)..]);
        }

        output.Flush();
    }

    // What would end the script's element, or keep it from ending, can only stand in a string or a pattern; there \/ is /.
    private static string Inline(string script) => script
        .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
        .Replace("<!--", "<\\!--", StringComparison.Ordinal);

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))}'";

    private static void Write(Stream output, string text) => output.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private static void WriteJson(Stream output, Action<Utf8JsonWriter> write)
    {
        using Utf8JsonWriter json = new(output, Options);
        write(json);
    }

    private static void WriteRun(Utf8JsonWriter json, TraceResult result, RunInfo? run)
    {
        json.WriteStartObject();
        if (run is not null)
        {
            json.WriteDate("asked_on", run.AskedOn);
            json.WriteString("tool_version", run.ToolVersion);
            json.WriteNumberOrNull("time_taken_ms", run.TimeTaken is TimeSpan taken ? (long)taken.TotalMilliseconds : null);
        }

        json.WriteString("engine", result.Engine);
        json.WriteEndObject();
    }
}
