using System.Globalization;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Faults;

/// <content>Faults of the way there and back: status codes, broken bodies.</content>
public sealed partial class Fault
{
    /// <summary>HTTP 429.</summary>
    /// <param name="times">How often; null for always.</param>
    /// <param name="retryAfterSeconds">The header Retry-After; null for none.</param>
    public static Fault TooManyRequests(int? times = null, int? retryAfterSeconds = null) => new(times)
    {
        InsteadOfRequest = _ => LoopbackAnswer.Text("Too Many Requests", 429) with
        {
            Headers = retryAfterSeconds is int seconds
                ? new Dictionary<string, string> { ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture) }
                : new Dictionary<string, string>(),
        },
    };

    /// <summary>A server's error, with a page in HTML as gateways send it.</summary>
    public static Fault ServerError(int status = 500, int? times = null) => new(times)
    {
        InsteadOfRequest = _ => LoopbackAnswer.Text($"<html><body><h1>{status.ToString(CultureInfo.InvariantCulture)}</h1></body></html>", status),
    };

    /// <summary>Requests of several calls are refused as a whole.</summary>
    public static Fault NoBatches() => new(times: null)
    {
        InsteadOfRequest = isBatch => isBatch
            ? LoopbackAnswer.Text("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""")
            : null,
    };

    /// <summary>The connection is cut in the middle of the body.</summary>
    public static Fault CutConnection(int? times = null) => new(times) { Spoil = answer => answer with { CutInTheMiddle = true } };

    /// <summary>The body comes in pieces, with a pause after each.</summary>
    /// <param name="pause">The pause.</param>
    /// <param name="pieces">How many pieces.</param>
    /// <param name="times">How often; null for always.</param>
    public static Fault SlowDrip(TimeSpan pause, int pieces = 10, int? times = null) => new(times) { Spoil = answer => answer with { Drip = pause, DripPieces = pieces } };

    /// <summary>The body is whole, has its full length announced, and is no JSON: its last third is missing.</summary>
    public static Fault InvalidJson(int? times = null) => new(times) { Spoil = answer => answer with { Body = answer.Body[..(answer.Body.Length * 2 / 3)] } };
}
