namespace ChainWatch.TestNodes.Http;

/// <summary>A request as the loopback server read it.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers, by name without regard to case.</param>
/// <param name="Body">The body; empty where there is none.</param>
public sealed record LoopbackRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The query's values by name.</summary>
    public IReadOnlyDictionary<string, string> Query => Target.IndexOf('?', StringComparison.Ordinal) is int mark and >= 0
        ? Target[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(p => Uri.UnescapeDataString(p[0]), p => p.Length > 1 ? Uri.UnescapeDataString(p[1].Replace('+', ' ')) : "", StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);
}
