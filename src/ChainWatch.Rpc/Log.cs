using Microsoft.Extensions.Logging;

namespace ChainWatch.Rpc;

/// <summary>Everything that the package logs. Ids are stable; no message holds a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "{Endpoint} {Method}: {Kind}, attempt {Attempt}; asking again in {Delay}")]
    public static partial void Retrying(ILogger logger, string endpoint, string method, RpcErrorKind kind, int attempt, TimeSpan delay);

    [LoggerMessage(1002, LogLevel.Warning, "{Endpoint}: too many failures; no requests for {Pause}")]
    public static partial void BreakerOpened(ILogger logger, string endpoint, TimeSpan pause);

    [LoggerMessage(1003, LogLevel.Information, "{Endpoint}: answers again")]
    public static partial void BreakerClosed(ILogger logger, string endpoint);

    [LoggerMessage(1004, LogLevel.Information, "{Endpoint}: takes no batches; calls go one by one")]
    public static partial void BatchesRefused(ILogger logger, string endpoint);
}
