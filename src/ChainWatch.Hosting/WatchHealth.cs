using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChainWatch.Hosting;

/// <summary>Judges how a watch stands.</summary>
public static class WatchHealth
{
    /// <summary>
    /// Unhealthy where the watch does not run, a sink refused, or a limit is passed <see cref="WatchLimits.UnhealthyFactor"/> times;
    /// degraded where a limit is passed, a node does not answer, or a file that changed cannot be read.
    /// </summary>
    /// <param name="status">How it stands.</param>
    /// <param name="limits">What it may fall short of.</param>
    /// <returns>The verdict, what is wrong in one line, and the numbers.</returns>
    public static HealthCheckResult Judge(WatchStatus status, WatchLimits limits)
    {
        (HealthStatus Health, string Problem)[] problems = [.. Problems(status, limits).Where(p => p.Health != HealthStatus.Healthy)];
        HealthStatus worst = problems.Length == 0 ? HealthStatus.Healthy : problems.Min(p => p.Health);
        string text = problems.Length == 0 ? "the watch runs, and nothing is behind" : string.Join("; ", problems.OrderBy(p => p.Health).Select(p => p.Problem));
        return new HealthCheckResult(worst, text, exception: null, Numbers(status));
    }

    private static IEnumerable<(HealthStatus Health, string Problem)> Problems(WatchStatus status, WatchLimits limits)
    {
        if (!status.IsRunning)
        {
            yield return (HealthStatus.Unhealthy, "the watch does not run");
        }

        foreach (ChainStatus chain in status.Chains)
        {
            string name = chain.Chain?.Name ?? "a node that has not told its chain";
            if (chain.Problem is not null)
            {
                yield return (HealthStatus.Degraded, $"{name}: {chain.Problem}");
            }

            yield return (Beyond(chain.LagBlocks, limits.LagBlocksMax), string.Create(CultureInfo.InvariantCulture, $"{name}: {chain.LagBlocks} blocks behind its node"));
            yield return (Beyond((chain.Lag ?? TimeSpan.Zero).TotalSeconds, limits.LagMax(chain.Chain).TotalSeconds), $"{name}: the newest block that was read is {Text(chain.Lag ?? TimeSpan.Zero)} old");
        }

        foreach (ListStatus list in status.Lists.Where(l => l.IsTooOld))
        {
            bool isMuchTooOld = list.Age.TotalDays > (double)limits.ListAgeDaysMax * WatchLimits.UnhealthyFactor;
            yield return (isMuchTooOld ? HealthStatus.Unhealthy : HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"the list {list.Name} is as of {list.AsOf:yyyy-MM-dd}, more than {limits.ListAgeDaysMax} days ago"));
        }

        foreach (SinkStatus sink in status.Sinks)
        {
            if (sink.Refusal is not null)
            {
                yield return (HealthStatus.Unhealthy, sink.Refusal);
            }
            else
            {
                yield return (Beyond((sink.Delay ?? TimeSpan.Zero).TotalSeconds, limits.DeliveryDelayMax.TotalSeconds), string.Create(CultureInfo.InvariantCulture, $"{sink.Name}: has not accepted an alert for {Text(sink.Delay ?? TimeSpan.Zero)}, {sink.Backlog} wait"));
            }
        }

        foreach (string problem in status.InputProblems)
        {
            yield return (HealthStatus.Degraded, problem);
        }
    }

    private static HealthStatus Beyond(double value, double limit) =>
        value <= limit ? HealthStatus.Healthy : value <= limit * WatchLimits.UnhealthyFactor ? HealthStatus.Degraded : HealthStatus.Unhealthy;

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalSeconds)} s");

    private static Dictionary<string, object> Numbers(WatchStatus status)
    {
        Dictionary<string, object> numbers = new(StringComparer.Ordinal) { ["complete"] = status.IsComplete, ["wallets"] = status.Wallets };
        foreach (ChainStatus chain in status.Chains.Where(c => c.Chain is not null))
        {
            numbers[$"{chain.Chain!.Value.Name}.lag_blocks"] = chain.LagBlocks;
            if (chain.Lag is TimeSpan lag)
            {
                numbers[$"{chain.Chain!.Value.Name}.lag_seconds"] = Math.Floor(lag.TotalSeconds);
            }
        }

        foreach (ListStatus list in status.Lists)
        {
            numbers[$"{list.Name}.age_seconds"] = Math.Floor(list.Age.TotalSeconds);
        }

        foreach (SinkStatus sink in status.Sinks)
        {
            numbers[$"{sink.Name}.backlog"] = sink.Backlog;
        }

        return numbers;
    }
}
