using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChainWatch.Hosting;

/// <summary>The health check of a hosted watch: <see cref="WatchHealth"/> of its status.</summary>
/// <param name="service">The watch.</param>
public sealed class WatchHealthCheck(WatchService service) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        service.Runner is WatchRunner runner ? WatchHealth.Judge(runner.Status, runner.Limits) : HealthCheckResult.Unhealthy("the watch has not started"));
}
