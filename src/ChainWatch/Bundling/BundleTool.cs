using System.Text.Json;
using ChainWatch.Watching;

namespace ChainWatch.Bundling;

/// <summary>What made the answer: <c>tool.json</c>. The run-time and the machine are not in it: they change no answer.</summary>
public sealed record BundleTool
{
    /// <summary>The program and its version, as reports name it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Which engine answered, as reports name it. It depends on the processor, and changes no answer.</summary>
    public required string Engine { get; init; }

    /// <summary>The packages by name, each with its version.</summary>
    public required IReadOnlyList<(string Name, string Version)> Packages { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("tool_version", ToolVersion);
        json.WriteString("engine", Engine);
        json.WriteStartArray("packages");
        foreach ((string name, string version) in Packages)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("version", version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static BundleTool Read(JsonFields json) => new()
    {
        ToolVersion = json.Text("tool_version"),
        Engine = json.Text("engine"),
        Packages = [.. json.Items("packages").Select(package => (package.Text("name"), package.Text("version")))],
    };
}
