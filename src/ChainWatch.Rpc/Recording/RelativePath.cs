namespace ChainWatch.Rpc.Recording;

/// <summary>What a request asks for below the endpoint's own URL, whose path and query may hold keys.</summary>
internal static class RelativePath
{
    public static string Of(RpcEndpoint endpoint, Uri uri)
    {
        string root = endpoint.Uri.AbsolutePath.TrimEnd('/');
        string path = uri.AbsolutePath.StartsWith(root, StringComparison.Ordinal) ? uri.AbsolutePath[root.Length..] : uri.AbsolutePath;
        string own = endpoint.Uri.Query.TrimStart('?');
        string query = uri.Query.TrimStart('?');
        query = own.Length > 0 && query.StartsWith(own, StringComparison.Ordinal) ? query[own.Length..].TrimStart('&') : query;
        return $"{(path == "/" ? "" : path)}{(query.Length > 0 ? $"?{query}" : "")}";
    }

    /// <summary>What of an explorer's URL decides how it is asked: its version and its chain, and no key.</summary>
    public static string ApiOf(RpcEndpoint endpoint)
    {
        string? chain = endpoint.Uri.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith("chainid=", StringComparison.OrdinalIgnoreCase));
        return $"{(endpoint.IsVersion2 ? "/v2" : "")}{(chain is not null && chain["chainid=".Length..].All(char.IsAsciiDigit) ? $"?{chain}" : "")}";
    }
}
