using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChainWatch.Rpc;

/// <summary>What the package measures, under its own name. Tags: <c>server.address</c>, <c>rpc.method</c>, <c>error.type</c>.</summary>
internal static class Telemetry
{
    public const string Name = "ChainWatch.Rpc";
    private static readonly Meter Meter = new(Name);

    public static ActivitySource Activities { get; } = new(Name);

    public static Counter<long> Requests { get; } = Meter.CreateCounter<long>("chainwatch.rpc.requests", "{request}", "HTTP requests sent, retries included");

    public static Counter<long> Retries { get; } = Meter.CreateCounter<long>("chainwatch.rpc.retries", "{retry}", "Requests sent again");

    public static Counter<long> Errors { get; } = Meter.CreateCounter<long>("chainwatch.rpc.errors", "{error}", "Failed attempts");

    public static Counter<long> Bytes { get; } = Meter.CreateCounter<long>("chainwatch.rpc.bytes", "By", "Bytes of answers");

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram<double>("chainwatch.rpc.duration", "s", "One attempt, the whole answer read");
}
