using System.Globalization;
using ChainWatch.Collecting;

namespace ChainWatch.Console.Printing;

/// <summary>Tells how far a collection is: what it expects to cost, what is done, how fast, how long still. On stderr.</summary>
internal sealed class CollectReport(Terminal terminal, Action<string> status) : IProgress<CollectProgress>
{
    private readonly Lock _lock = new();
    private CollectStage? _stage;
    private long _start;
    private long _doneAtStart;
    private bool _toldEstimate;

    public void Report(CollectProgress value)
    {
        lock (_lock)
        {
            if (value.Notice is string notice)
            {
                terminal.Warn(notice);
            }

            if (value.Estimate is CollectEstimate estimate && (!_toldEstimate || value.Stage == CollectStage.Addresses))
            {
                _toldEstimate = true;
                terminal.Messages.WriteLine(Expected(value.Stage, estimate));
            }

            if (_stage != value.Stage || value.Done < _doneAtStart)
            {
                (_stage, _start, _doneAtStart) = (value.Stage, terminal.Clock.GetTimestamp(), value.Done);
            }

            status(Line(value));
        }
    }

    private static string Expected(CollectStage stage, CollectEstimate estimate)
    {
        string what = stage == CollectStage.Addresses ? Words.Count(estimate.Units, "address", "addresses") : Words.Count(estimate.Units, "block");
        string bytes = estimate.Bytes is long b ? $", {Bytes(b)}" : "";
        string time = estimate.Time is TimeSpan t ? $", at most {Duration(t)} one after another" : "";
        return $"fetching {what}: about {Words.Count(estimate.Requests, "request")}{bytes}{time}";
    }

    private string Line(CollectProgress value)
    {
        string what = value.Stage switch
        {
            CollectStage.Probing => "asking the endpoint what it can",
            CollectStage.Blocks => "blocks",
            CollectStage.Addresses => "addresses",
            CollectStage.Transactions => "whole transactions",
            CollectStage.Checking => "checking that it is of one chain",
            _ => "putting transfers in chain order",
        };
        if (value.Total == 0)
        {
            return what;
        }

        TimeSpan taken = terminal.Clock.GetElapsedTime(_start);
        double perSecond = taken.TotalSeconds > 0 ? (value.Done - _doneAtStart) / taken.TotalSeconds : 0;
        string speed = perSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", {perSecond:0.#} a second, {Duration(TimeSpan.FromSeconds((value.Total - value.Done) / perSecond))} left") : "";
        return $"{what}: {Words.Number(value.Done)} of {Words.Number(value.Total)}, {Words.Number(value.Transfers)} transfers{speed}";
    }

    private static string Bytes(long bytes) => bytes >= 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB");

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s");
}
