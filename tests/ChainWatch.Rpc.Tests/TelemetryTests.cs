using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Meter_OneFailureAndASuccess_CountsThem()
    {
        const string method = "test_measured";
        ConcurrentQueue<(string Name, double Value, string? Error)> measured = new();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == "ChainWatch.Rpc")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        listener.Start();

        await using TestEndpoint endpoint = new((request, number) => number == 1 ? LoopbackAnswer.Text("gone", 503) : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7")));
        using JsonRpcClient client = endpoint.Client();
        await client.TextAsync(RpcCall.Of(method));

        Sum("requests").ShouldBe(2);
        Sum("retries").ShouldBe(1);
        Sum("errors").ShouldBe(1);
        Sum("bytes").ShouldBe(client.BytesReceived);
        measured.Count(m => m.Name == "chainwatch.rpc.duration").ShouldBe(2);
        measured.Where(m => m.Error is not null).ShouldHaveSingleItem().Error.ShouldBe("Transient");

        double Sum(string name) => measured.Where(m => m.Name == $"chainwatch.rpc.{name}").Sum(m => m.Value);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> all = new(tags.ToArray());
            if (all["rpc.method"] as string == method)
            {
                all["server.address"].ShouldBe("127.0.0.1");
                measured.Enqueue((instrument.Name, value, all.GetValueOrDefault("error.type") as string));
            }
        }
    }

    [Fact]
    public async Task Activities_OneFailureAndASuccess_AreOnePerAttempt()
    {
        const string method = "test_traced";
        ConcurrentQueue<Activity> activities = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "ChainWatch.Rpc",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.DisplayName == method)
                {
                    activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await using TestEndpoint endpoint = new((call, number) => number == 1 ? call.Error(-32005, "rate limit exceeded") : call.Result("7"));
        using JsonRpcClient client = endpoint.Client();
        await client.TextAsync(RpcCall.Of(method));

        activities.Select(a => (a.Kind, a.Status, a.StatusDescription)).ShouldBe([(ActivityKind.Client, ActivityStatusCode.Error, "RateLimited"), (ActivityKind.Client, ActivityStatusCode.Unset, null)]);
        activities.ShouldAllBe(a => (string?)a.GetTagItem("server.address") == "127.0.0.1" && (string?)a.GetTagItem("rpc.method") == method);
    }
}
