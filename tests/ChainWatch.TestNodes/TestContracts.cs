using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes;

/// <summary>The contracts of this project, compiled in one run; the output is kept beside the tools, by the hash of the sources.</summary>
public sealed class TestContracts
{
    private static readonly Lazy<Task<TestContracts>> Shared = new(CompileAsync);
    private readonly Dictionary<string, CompiledContract> _byName;

    private TestContracts(Dictionary<string, CompiledContract> byName) => _byName = byName;

    /// <summary>The contract of this name.</summary>
    public CompiledContract this[string name] => _byName[name];

    /// <summary>Compiles, or reads what was compiled before.</summary>
    public static Task<TestContracts> GetAsync() => Shared.Value;

    private static async Task<TestContracts> CompileAsync()
    {
        NodeTools tools = NodeTools.Require();
        string input = Input();
        string hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(input)))[..16];
        string file = Path.Combine(tools.Folder, $"contracts-{hash}.json");
        if (!File.Exists(file))
        {
            string output = await tools.RunScriptAsync("compile.js", input);
            string temporary = $"{file}.{Environment.ProcessId}.tmp";
            await File.WriteAllTextAsync(temporary, output);
            File.Move(temporary, file, overwrite: true);
        }

        return Read(JsonNode.Parse(await File.ReadAllTextAsync(file))!);
    }

    private static string Input()
    {
        JsonObject sources = [];
        foreach (string name in typeof(TestContracts).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sol", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            sources[name] = new JsonObject { ["content"] = NodeTools.Resource(name) };
        }

        JsonObject settings = new()
        {
            // The fork of the re-enactment's time has no PUSH0.
            ["evmVersion"] = "london",
            ["optimizer"] = new JsonObject { ["enabled"] = true },
            ["outputSelection"] = new JsonObject { ["*"] = new JsonObject { ["*"] = new JsonArray("evm.bytecode.object", "evm.methodIdentifiers") } },
        };
        return new JsonObject { ["language"] = "Solidity", ["sources"] = sources, ["settings"] = settings }.ToJsonString();
    }

    private static TestContracts Read(JsonNode output)
    {
        string[] errors = [.. (output["errors"]?.AsArray() ?? []).Where(e => (string?)e!["severity"] == "error").Select(e => (string)e!["formattedMessage"]!)];
        if (errors.Length > 0)
        {
            throw new InvalidOperationException(string.Join('\n', errors));
        }

        return new TestContracts(output["contracts"]!.AsObject()
            .SelectMany(source => source.Value!.AsObject())
            .Where(contract => (string)contract.Value!["evm"]!["bytecode"]!["object"]! != "")
            .ToDictionary(contract => contract.Key, contract => Read(contract.Key, contract.Value!["evm"]!), StringComparer.Ordinal));
    }

    private static CompiledContract Read(string name, JsonNode evm) => new(
        name,
        "0x" + (string)evm["bytecode"]!["object"]!,
        evm["methodIdentifiers"]!.AsObject().ToDictionary(m => m.Key[..m.Key.IndexOf('(', StringComparison.Ordinal)], m => "0x" + (string)m.Value!, StringComparer.Ordinal));
}
