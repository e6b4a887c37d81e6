using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>Everything that the package logs. Ids are stable; no message holds a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "{Sink}: {Endpoint}: {Problem}, attempt {Attempt}; sending again in {Delay}")]
    public static partial void WebhookRetrying(ILogger logger, string sink, string endpoint, string problem, int attempt, TimeSpan delay);

    [LoggerMessage(4002, LogLevel.Error, "{Problem}")]
    public static partial void SinkRefused(ILogger logger, string problem);

    [LoggerMessage(4003, LogLevel.Warning, "an alert was not delivered, or not noted as such: {Problem}; trying again in {Delay}")]
    public static partial void DeliveryFailed(ILogger logger, string problem, TimeSpan delay);
}
