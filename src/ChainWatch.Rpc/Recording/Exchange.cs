namespace ChainWatch.Rpc.Recording;

/// <summary>One request and what is said of its answer; the answer's bytes are kept apart.</summary>
public sealed record Exchange
{
    /// <summary>The path and query below the endpoint's own URL: no key, no password. Empty: the endpoint itself.</summary>
    public required string Path { get; init; }

    /// <summary>The request's body, JSON in UTF-8; null for a GET.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The answer's HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The answer's media type; empty where it told none.</summary>
    public required string MediaType { get; init; }

    /// <summary>When the answer had come (UTC).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>True where the answer repeated a secret of ours, in whose place <c>***</c> stands.</summary>
    public bool IsRedacted { get; init; }
}
