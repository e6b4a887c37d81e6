namespace ChainWatch.Rpc;

/// <summary>The kinds of failures, by what is to be done about them.</summary>
public enum RpcErrorKind
{
    /// <summary>Too many requests: asked again later.</summary>
    RateLimited,

    /// <summary>A server's fault, a cut connection, a time-out: asked again.</summary>
    Transient,

    /// <summary>The answer is no answer (invalid JSON, another id, contradicts itself): asked again.</summary>
    BadAnswer,

    /// <summary>The range is too wide or has too many results: to be halved, never asked again as it is.</summary>
    RangeTooWide,

    /// <summary>The endpoint does not have the block, or its state.</summary>
    BlockUnknown,

    /// <summary>The endpoint does not have the method.</summary>
    MethodUnsupported,

    /// <summary>The call was executed and failed.</summary>
    ExecutionError,

    /// <summary>The endpoint wants a key, a password, or another one.</summary>
    Unauthorized,

    /// <summary>The endpoint cannot be reached.</summary>
    Unreachable,

    /// <summary>Anything else: asking again does not help.</summary>
    Fatal,
}
