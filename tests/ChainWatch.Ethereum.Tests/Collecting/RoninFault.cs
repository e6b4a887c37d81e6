using ChainWatch.TestNodes.Faults;

namespace ChainWatch.Ethereum.Tests.Collecting;

/// <summary>The faults that a source goes through over the re-enacted theft, by name.</summary>
internal static class RoninFault
{
    /// <summary>All names.</summary>
    public static string[] Names { get; } =
        ["result limit", "range limit", "429", "429 with Retry-After", "rate limit under 200", "lagging", "partial logs", "empty logs", "empty receipts", "empty traces", "cut", "drip", "invalid JSON", "wrong id", "500"];

    /// <summary>A fault by its name.</summary>
    public static Fault Of(string name, int? times) => name switch
    {
        "result limit" => Fault.ResultLimit(2, times),
        "range limit" => Fault.RangeLimit(7, times),
        "429" => Fault.TooManyRequests(times),
        "429 with Retry-After" => Fault.TooManyRequests(times, 1),
        "rate limit under 200" => Fault.RateLimitedUnder200(times),
        "lagging" => Fault.Lagging(20, times),
        "partial logs" => Fault.PartialLogs(times),
        "empty logs" => Fault.EmptyArray("eth_getLogs", times),
        "empty receipts" => Fault.EmptyArray("eth_getBlockReceipts", times),
        "empty traces" => Fault.EmptyArray("trace_block", times),
        "cut" => Fault.CutConnection(times),
        "drip" => Fault.SlowDrip(TimeSpan.FromSeconds(2), 10, times),
        "invalid JSON" => Fault.InvalidJson(times),
        "wrong id" => Fault.WrongId(times),
        _ => Fault.ServerError(500, times),
    };
}
