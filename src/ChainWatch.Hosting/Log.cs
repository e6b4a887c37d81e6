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

    [LoggerMessage(4101, LogLevel.Warning, "{Problem}")]
    public static partial void ChainFails(ILogger logger, string problem);

    [LoggerMessage(4102, LogLevel.Information, "{Chain}: goes on; before: {Problem}")]
    public static partial void ChainGoesOn(ILogger logger, string chain, string problem);

    [LoggerMessage(4103, LogLevel.Warning, "incomplete: the list {List} is as of {AsOf:yyyy-MM-dd}, more than {Days} days ago; expected a newer one")]
    public static partial void ListTooOld(ILogger logger, string list, DateOnly asOf, int days);

    [LoggerMessage(4104, LogLevel.Information, "files changed and were read anew; {Wallets} wallets are watched by them")]
    public static partial void InputsTakenUp(ILogger logger, int wallets);

    [LoggerMessage(4105, LogLevel.Warning, "{Problem}; what was read before stays in force")]
    public static partial void InputsKept(ILogger logger, string problem);
}
