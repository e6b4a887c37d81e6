namespace ChainWatch.Rpc;

/// <summary>
/// Tells what is to be done about an error, from the HTTP status, the JSON-RPC code and the wording. Codes are used
/// differently by every provider, so a wording that is known goes before the code. The wordings, with the providers that use
/// them, are the fixtures of this class's tests.
/// </summary>
public static class RpcErrorClassifier
{
    // Looked for in lower-case text, in this order, so the plainer words come after those that a longer message may hold by the way.
    private static readonly (RpcErrorKind Kind, string[] Wordings)[] Known =
    [
        // First: what a contract says when it fails can hold any words.
        (RpcErrorKind.ExecutionError, ["execution reverted", "vm execution error", "processing transaction: revert", "transaction reverted", "out of gas", "invalid opcode", "stack underflow", "execution timeout", "execution aborted", "insufficient funds"]),

        // Asked again later, also where it comes with HTTP 200. Words that speak of requests, not of results.
        (RpcErrorKind.RateLimited,
        [
            "rate limit", "rate-limit", "ratelimit", "too many requests", "request rate", "request limit", "requests per", "per second", "calls per sec", "compute units", "monthly capacity", "throughput", "request count exceeded", "daily request", "quota", "credits", "maximum number of requests", "throttl", "retry later", "slow down",
        ]),

        // Said of a batch, not of a call: its calls are asked by themselves.
        (RpcErrorKind.Fatal, ["batch size", "batch limit", "batch too large", "batch of more than", "batch requests", "max batch", "batching"]),

        // What is beyond the head is not there, and a range that is upside down is a mistake; neither is too wide.
        (RpcErrorKind.BlockUnknown, ["beyond current head", "block is out of range", "block out of range", "blockoutofrange", "block number out of range", "block height out of range"]),
        (RpcErrorKind.Fatal, ["invalid block range", "block range params"]),

        // Halved by the caller. eth_getLogs, trace_filter: by results, by size, by blocks, by time.
        (RpcErrorKind.RangeTooWide,
        [
            "query returned more than", "more than 10000 results", "block range", "blockrange", "blocks range", "range is too", "range too", "range limit", "maximum range", "range of blocks", "ranges over", "too large range", "limited to 0 -", "getlogs is limited", "too many blocks", "spans more than",
            "response size exceeded", "response size should not", "response is too big", "response too large", "response exceed", "exceeds limit of", "max results", "too many results", "too many logs", "logs matched by query", "result set too large",
            "query timeout exceeded", "query exceeds max", "eth_getlogs request was canceled", "result window is too large", "please narrow", "reduce the range", "limit the query to", "limit your query to",
        ]),

        // Not there yet, not there any more, or pruned. Before the methods: both are "not available".
        (RpcErrorKind.BlockUnknown,
        [
            "header not found", "header for hash not found", "unknown block", "block not found", "block does not exist", "missing trie node", "missingtrienode", "historical state", "state unavailable", "state is not available", "state not available", "state histories", "no state available", "not yet available", "resource not found", "could not find block",
            "pending block is not available", "after last accepted block", "old data not available", "pruned", "genesis is not traceable", "invalid block height", "distance to target block exceeds", "cannot query unfinalized", "unfinalized data", "receipts not found", "transaction not found", "no such mempool or blockchain transaction",
        ]),

        // A key is missing, wrong, or without the right.
        (RpcErrorKind.Unauthorized, ["free api access", "require a personal token"]),

        // The method is not there, is switched off, or belongs to a dearer plan.
        (RpcErrorKind.MethodUnsupported,
        [
            "method not found", "does not exist/is not available", "method does not exist", "is not available", "are not available on", "not supported", "unsupported method", "method not allowed", "method disabled", "method is disabled", "is disabled", "not enabled", "no such method", "unknown method", "not implemented", "method is not whitelisted", "missing/invalid module", "tracer not found",
        ]),

        (RpcErrorKind.Unauthorized,
        [
            "api key", "apikey", "api-key", "unauthorized", "unauthenticated", "must be authenticated", "must authenticate", "authentication", "project id", "invalid token", "access denied", "forbidden", "not authorized", "not whitelisted", "origin not allowed",
        ]),

        (RpcErrorKind.RateLimited, ["try again later", "capacity exceeded", "exceeded capacity"]),

        (RpcErrorKind.Transient, ["internal error", "internal server error", "server error", "timeout", "timed out", "temporarily", "unavailable", "overloaded", "bad gateway", "connection refused", "connection reset", "connection closed", "upstream", "no backend", "server busy", "context deadline exceeded", "context canceled", "request failed", "can't route your request"]),
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

        return httpStatus is 502 or 503 or 504 ? RpcErrorKind.Transient : code switch
        {
            // "Limit exceeded" (EIP-1474): results or requests. Without words for it, asking later does no harm.
            -32005 or -32016 or -32097 or -33000 => RpcErrorKind.RateLimited,
            // EIP-1474: resource not found; unsupported method; execution (geth: 3).
            -32001 => RpcErrorKind.BlockUnknown,
            -32004 => RpcErrorKind.MethodUnsupported,
            3 or -32015 => RpcErrorKind.ExecutionError,
            // -28: a Bitcoin node that still loads its index.
            -32002 or -32603 or -28 => RpcErrorKind.Transient,
            not null => RpcErrorKind.Fatal,
            null => OfStatus(httpStatus),
        };
    }

    private static RpcErrorKind OfStatus(int? status) => status switch
    {
        401 or 402 or 403 or 407 => RpcErrorKind.Unauthorized,
        408 or 425 or >= 500 => RpcErrorKind.Transient,
        413 => RpcErrorKind.RangeTooWide,
        _ => RpcErrorKind.Fatal,
    };
}
