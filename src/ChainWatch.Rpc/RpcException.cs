namespace ChainWatch.Rpc;

/// <summary>A call failed. The message is one line, names the endpoint without its secrets, and says what to do.</summary>
public sealed class RpcException : ChainWatchException
{
    /// <summary>A failure.</summary>
    /// <param name="kind">What is to be done about it.</param>
    /// <param name="message">One line.</param>
    /// <param name="code">The JSON-RPC error code, where there is one.</param>
    /// <param name="retryAfter">How long the endpoint asks to wait.</param>
    /// <param name="inner">The cause.</param>
    public RpcException(RpcErrorKind kind, string message, int? code = null, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner!) => (Kind, Code, RetryAfter) = (kind, code, retryAfter);

    /// <summary>A fatal failure with its one-line message.</summary>
    public RpcException(string message) : this(RpcErrorKind.Fatal, message)
    {
    }

    /// <summary>A fatal failure with its one-line message and its cause.</summary>
    public RpcException(string message, Exception innerException) : this(RpcErrorKind.Fatal, message, inner: innerException)
    {
    }

    /// <summary>A failure without a message; kept for serializers.</summary>
    public RpcException() : this(RpcErrorKind.Fatal, "")
    {
    }

    /// <summary>What is to be done about it.</summary>
    public RpcErrorKind Kind { get; } = RpcErrorKind.Fatal;

    /// <summary>The JSON-RPC error code, where there is one.</summary>
    public int? Code { get; }

    /// <summary>How long the endpoint asks to wait, where it does.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The HTTP status that the endpoint answered with, where the status was the failure.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Whether asking again may help.</summary>
    public bool IsTransient => Kind is RpcErrorKind.RateLimited or RpcErrorKind.Transient or RpcErrorKind.BadAnswer or RpcErrorKind.Unreachable;
}
