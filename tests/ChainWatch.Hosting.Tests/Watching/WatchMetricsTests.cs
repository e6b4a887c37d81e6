using System.Diagnostics.Metrics;

namespace ChainWatch.Hosting.Tests.Watching;

public sealed class WatchMetricsTests : IDisposable
{
    private readonly WatchStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Meter_TellsWhatTheWatchDoes()
    {
        SortedDictionary<string, double> measured = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        using MeterListener listener = new();
        await _stage.WhileRunningAsync(async runner =>
        {
            // Other tests run watches of their own.
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (runner.Owns(instrument.Meter))
                {
                    names.Add($"{instrument.Name} {instrument.Unit}");
                    l.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.Start();
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, WatchStage.Person(1)), _stage.Pay(WatchStage.Person(1), WatchStage.Person(9)));
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1) && runner.Status.Sinks[0].Backlog == 0);
            _stage.Chain.Mine();
            _stage.Chain.Mine();
            _stage.Chain.Problem = "scripted: is down";
            await _stage.UntilAsync(() => runner.Status.Chains[0].Problem is not null);
            listener.RecordObservableInstruments();
        });

        names.Order(StringComparer.Ordinal).ShouldBe(
        [
            "chainwatch.alerts {alert}", "chainwatch.chain.blocks {block}", "chainwatch.chain.failing 1", "chainwatch.chain.lag.blocks {block}", "chainwatch.chain.lag.time s",
            "chainwatch.delivery.backlog {alert}", "chainwatch.delivery.delay s", "chainwatch.delivery.refused 1", "chainwatch.list.age s", "chainwatch.notes {note}", "chainwatch.wallets {wallet}",
        ]);
        measured["chainwatch.alerts chainwatch.list=ofac-sdn chainwatch.alert.reason=first-within chainwatch.alert.state=raised"].ShouldBe(1);
        measured["chainwatch.chain.blocks chainwatch.chain=ethereum"].ShouldBe(2);
        measured["chainwatch.chain.failing chainwatch.chain=ethereum"].ShouldBe(1);
        measured["chainwatch.chain.lag.blocks chainwatch.chain=ethereum"].ShouldBe(0);
        measured["chainwatch.delivery.backlog chainwatch.sink=own"].ShouldBe(0);
        measured["chainwatch.delivery.refused chainwatch.sink=own"].ShouldBe(0);
        measured["chainwatch.wallets"].ShouldBe(1);
        measured.Keys.ShouldContain("chainwatch.list.age chainwatch.list=ofac-sdn");
        measured.Keys.ShouldContain("chainwatch.chain.lag.time chainwatch.chain=ethereum");

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string key = string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}").Prepend(instrument.Name));
            lock (measured)
            {
                measured[key] = value;
            }
        }
    }
}
