namespace ChainWatch.Rpc;

/// <summary>
/// Tells what is to be done about an error, from the HTTP status, the JSON-RPC code and the wording. Codes are used
/// differently by every provider, so a wording that is known goes before the code. The wordings, with the providers that use
/// them, are the fixtures of this class's tests.
/// </summary>
public static class RpcErrorClassifier
{
    // Looked for in lower-case text, in this order: a message about results "limited" to a range is no rate limit.
    private static readonly (RpcErrorKind Kind, string[] Wordings)[] Known =
    [
        // About the question itself, though the words below are in it.
        (RpcErrorKind.Fatal, ["invalid block range params"]),

        // Halved by the caller. eth_getLogs, trace_filter: by results, by size, by blocks, by time.
        (RpcErrorKind.RangeTooWide,
        [
            "query returned more than", "more than 10000 results", "block range", "blocks range", "range is too", "range too", "range limit", "range of blocks", "limited to a", "limited to 0 -",
            "response size exceeded", "response size should not", "response is too big", "exceeds limit of", "exceed max results", "exceeds max results", "max results", "too many results", "too many logs", "logs matched by query",
            "maximum block", "max block", "query timeout exceeded", "query exceeds", "result window is too large", "please narrow", "reduce the range", "up to a ", "eth_getlogs is limited", "log query", "too large range", "spans more than", "ranges over",
        ]),

        // Asked again later, also where it comes with HTTP 200.
        (RpcErrorKind.RateLimited,
        [
            "rate limit", "request rate", "rate-limit", "ratelimit", "too many requests", "request limit", "requests per second", "calls per sec", "compute units", "capacity", "throughput", "request count exceeded", "daily request", "quota", "credits", "exceeded the maximum number of requests", "retry later", "try again later", "slow down", "throttl",
        ]),

        // Not there yet, not there any more, or pruned.
        (RpcErrorKind.BlockUnknown,
        [
            "header not found", "unknown block", "block not found", "block does not exist", "missing trie node", "historical state", "state is not available", "state not available", "state histories", "not yet available", "resource not found", "could not find block", "blockoutofrange", "block out of range", "beyond current head", "after last accepted block", "ahead of", "requested epoch", "old data not available", "pruned", "genesis is not traceable", "invalid block height", "no state available", "distance to target block exceeds",
            "cannot query unfinalized", "failed to get block", "receipts not found", "unfinalized data", "block number out of range",
        ]),

        // The method is not there, is switched off, or belongs to a dearer plan.
        (RpcErrorKind.MethodUnsupported,
        [
            "method not found", "does not exist/is not available", "method does not exist", "is not available", "not supported", "unsupported method", "method not allowed", "method disabled", "is disabled", "not enabled", "no such method", "unknown method", "not implemented", "rpc method is not", "not whitelisted method", "missing/invalid module",
            "tracer not found", "no tracer", "method handler crashed: method",
        ]),

        // A key is missing, wrong, or without the right.
        (RpcErrorKind.Unauthorized,
        [
            "api key", "apikey", "api-key", "unauthorized", "unauthenticated", "must be authenticated", "authentication", "project id", "invalid token", "access denied", "forbidden", "not authorized", "not whitelisted", "origin not allowed", "deprecated v1 endpoint",
        ]),

        (RpcErrorKind.ExecutionError, ["execution reverted", "revert", "out of gas", "invalid opcode", "vm execution", "stack underflow", "execution timeout", "execution aborted", "insufficient funds"]),

        (RpcErrorKind.Transient, ["internal error", "server error", "timeout", "timed out", "timeout occured", "temporarily", "unavailable", "overloaded", "bad gateway", "connection", "upstream", "no backend", "server busy", "context deadline exceeded", "context canceled", "request failed"]),
    ];

    /// <summary>What is to be done about an error.</summary>
    /// <param name="httpStatus">The HTTP status; null where the answer came with 200.</param>
    /// <param name="code">The code of the JSON-RPC error; null where there is none.</param>
    /// <param name="message">The provider's words; null where there are none.</param>
    public static RpcErrorKind Classify(int? httpStatus, int? code, string? message)
    {
        // 429 means one thing alone.
        if (httpStatus == 429 || code == 429)
        {
            return RpcErrorKind.RateLimited;
        }

        // -32601 is the standard's own "method not found".
        if (code == -32601)
        {
            return RpcErrorKind.MethodUnsupported;
        }

        string text = (message ?? "").ToLowerInvariant();
        foreach ((RpcErrorKind kind, string[] wordings) in Known)
        {
            if (Array.Exists(wordings, w => text.Contains(w, StringComparison.Ordinal)))
            {
                return kind;
            }
        }

        return code switch
        {
            // "Limit exceeded" (EIP-1474): results or requests. Without words for it, asking later does no harm.
            -32005 or -32016 or -32097 or -33000 => RpcErrorKind.RateLimited,
            // EIP-1474: resource not found; unsupported method; execution (geth: 3).
            -32001 => RpcErrorKind.BlockUnknown,
            -32004 => RpcErrorKind.MethodUnsupported,
            3 or -32015 or -32003 => RpcErrorKind.ExecutionError,
            -32002 or -32603 => RpcErrorKind.Transient,
            not null => RpcErrorKind.Fatal,
            null => OfStatus(httpStatus),
        };
    }

    private static RpcErrorKind OfStatus(int? status) => status switch
    {
        401 or 402 or 403 or 407 => RpcErrorKind.Unauthorized,
        408 or 425 or >= 500 => RpcErrorKind.Transient,
        413 => RpcErrorKind.RangeTooWide,
        404 or 405 => RpcErrorKind.Fatal,
        _ => RpcErrorKind.Fatal,
    };
}
