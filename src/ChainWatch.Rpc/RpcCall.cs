namespace ChainWatch.Rpc;

/// <summary>One call: a method and its parameters.</summary>
public readonly struct RpcCall
{
    /// <summary>A call.</summary>
    /// <param name="method">The method's name: letters, digits and underscores.</param>
    /// <param name="paramsJson">The parameters, a JSON array in UTF-8.</param>
    public RpcCall(string method, ReadOnlyMemory<byte> paramsJson) => (Method, ParamsJson) = (method, paramsJson);

    /// <summary>The method's name.</summary>
    public string Method { get; }

    /// <summary>The parameters, a JSON array in UTF-8.</summary>
    public ReadOnlyMemory<byte> ParamsJson { get; }

    /// <summary>A call whose parameters are given as JSON each: <c>"\"0x10\""</c>, <c>"true"</c>, <c>"{…}"</c>.</summary>
    public static RpcCall Of(string method, params ReadOnlySpan<string> jsonParams) => new(method, System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', jsonParams!)}]"));

    /// <summary>The method's name.</summary>
    public override string ToString() => Method;
}
