using System.Diagnostics.Metrics;
using System.Text.Json;
using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>What a watch measures. Names and units are those of docs/operating.md.</summary>
internal sealed class WatchMetrics : IDisposable
{
    private const string ChainTag = "chainwatch.chain";
    private const string ListTag = "chainwatch.list";
    private const string SinkTag = "chainwatch.sink";
    private const string ReasonTag = "chainwatch.alert.reason";
    private const string StateTag = "chainwatch.alert.state";
    private readonly Meter _meter = new(WatchRunner.MeterName);
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _notes;

    public WatchMetrics(Func<WatchStatus> status)
    {
        _alerts = _meter.CreateCounter<long>("chainwatch.alerts", "{alert}", "Alerts raised and withdrawn");
        _notes = _meter.CreateCounter<long>("chainwatch.notes", "{note}", "Notes of dust and spam");
        _meter.CreateObservableGauge("chainwatch.chain.lag.blocks", () => Chains<long>(status(), c => c.LagBlocks), "{block}", "Blocks that the node has, and that were not read");
        _meter.CreateObservableGauge("chainwatch.chain.lag.time", () => Chains<double>(status(), c => c.Lag?.TotalSeconds), "s", "The age of the newest block that was read");
        _meter.CreateObservableGauge("chainwatch.chain.failing", () => Chains<int>(status(), c => c.Problem is null ? 0 : 1), "1", "1 where the chain's node fails");
        _meter.CreateObservableCounter("chainwatch.chain.blocks", () => Chains<long>(status(), c => c.BlocksRead), "{block}", "Blocks read");
        _meter.CreateObservableGauge("chainwatch.list.age", () => status().Lists.Select(l => new Measurement<double>(l.Age.TotalSeconds, Tag(ListTag, l.Name))), "s", "The time since the day as of which the list speaks");
        _meter.CreateObservableGauge("chainwatch.wallets", () => status().Wallets, "{wallet}", "Wallets that are watched");
        _meter.CreateObservableGauge("chainwatch.delivery.backlog", () => Sinks(status(), s => s.Backlog), "{alert}", "Lines of the log that the sink has not accepted");
        _meter.CreateObservableGauge("chainwatch.delivery.delay", () => Sinks(status(), s => (s.Delay ?? TimeSpan.Zero).TotalSeconds), "s", "How long the sink has been offered the next alert");
        _meter.CreateObservableGauge("chainwatch.delivery.refused", () => Sinks(status(), s => s.Refusal is null ? 0 : 1), "1", "1 where the sink refused for good");
    }

    public void Count(Alert alert)
    {
        if (alert.IsNote)
        {
            _notes.Add(1, Tag(ListTag, alert.List));
            return;
        }

        _alerts.Add(1, Tag(ListTag, alert.List), Tag(ReasonTag, Word(alert.Reason)), Tag(StateTag, Word(alert.State)));
    }

    public bool Owns(Meter meter) => ReferenceEquals(meter, _meter);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> Chains<T>(WatchStatus status, Func<ChainStatus, T?> value) where T : struct => status.Chains
        .Where(c => c.Chain is not null)
        .Select(c => (c.Chain, Value: value(c)))
        .Where(c => c.Value is not null)
        .Select(c => new Measurement<T>(c.Value!.Value, Tag(ChainTag, c.Chain!.Value.Name)));

    private static IEnumerable<Measurement<T>> Sinks<T>(WatchStatus status, Func<SinkStatus, T> value) where T : struct =>
        status.Sinks.Select(s => new Measurement<T>(value(s), Tag(SinkTag, s.Name)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    // As in the alert's JSON: FirstWithin is first-within.
    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
