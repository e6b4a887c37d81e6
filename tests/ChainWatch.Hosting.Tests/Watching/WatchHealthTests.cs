using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChainWatch.Hosting.Tests.Watching;

public sealed class WatchHealthTests
{
    private static readonly WatchStatus _well = new()
    {
        IsRunning = true,
        Chains = [Of(Chain.Ethereum, 0, 12), Of(Chain.Bitcoin, 0, 3000)],
        Lists = [new ListStatus("ofac-sdn", new DateOnly(2026, 1, 1), TimeSpan.FromDays(3), false)],
        Sinks = [new SinkStatus("webhook", 0, null, null, 0)],
        Wallets = 1,
    };

    [Fact]
    public void Judge_NothingBehind_IsHealthy_WithTheNumbers()
    {
        HealthCheckResult result = Judge(_well);
        (result.Status, result.Description).ShouldBe((HealthStatus.Healthy, "the watch runs, and nothing is behind"));
        result.Data["bitcoin.lag_seconds"].ShouldBe(3000d);
        result.Data["ofac-sdn.age_seconds"].ShouldBe(3 * 86400d);
        result.Data["webhook.backlog"].ShouldBe(0L);
        result.Data["complete"].ShouldBe(true);
    }

    [Theory]
    [InlineData(30, 120, HealthStatus.Healthy, "the watch runs, and nothing is behind")]
    [InlineData(31, 0, HealthStatus.Degraded, "ethereum: 31 blocks behind its node")]
    [InlineData(151, 0, HealthStatus.Unhealthy, "ethereum: 151 blocks behind its node")]
    [InlineData(0, 121, HealthStatus.Degraded, "ethereum: the newest block that was read is 121 s old")]
    [InlineData(0, 601, HealthStatus.Unhealthy, "ethereum: the newest block that was read is 601 s old")]
    public void Judge_Lag(long blocks, int seconds, HealthStatus expected, string problem)
    {
        HealthCheckResult result = Judge(_well with { Chains = [Of(Chain.Ethereum, blocks, seconds)] });
        (result.Status, result.Description).ShouldBe((expected, problem));
    }

    [Theory]
    [InlineData(7200, HealthStatus.Healthy)]
    [InlineData(7201, HealthStatus.Degraded)]
    [InlineData(36001, HealthStatus.Unhealthy)]
    public void Judge_LagOfBitcoin_HasItsOwnLimit(int seconds, HealthStatus expected) => Judge(_well with { Chains = [Of(Chain.Bitcoin, 0, seconds)] }).Status.ShouldBe(expected);

    [Theory]
    [InlineData(8, HealthStatus.Degraded)]
    [InlineData(36, HealthStatus.Unhealthy)]
    public void Judge_AListThatIsTooOld(int days, HealthStatus expected)
    {
        HealthCheckResult result = Judge(_well with { Lists = [new ListStatus("ofac-sdn", new DateOnly(2026, 1, 1), TimeSpan.FromDays(days), true)] });
        (result.Status, result.Description).ShouldBe((expected, "the list ofac-sdn is as of 2026-01-01, more than 7 days ago"));
        result.Data["complete"].ShouldBe(false);
    }

    [Theory]
    [InlineData(300, null, HealthStatus.Healthy)]
    [InlineData(301, null, HealthStatus.Degraded)]
    [InlineData(1501, null, HealthStatus.Unhealthy)]
    [InlineData(1, "webhook: HTTP 410", HealthStatus.Unhealthy)]
    public void Judge_ASinkThatDoesNotAccept(int seconds, string? refusal, HealthStatus expected) =>
        Judge(_well with { Sinks = [new SinkStatus("webhook", 4, TimeSpan.FromSeconds(seconds), refusal, 0)] }).Status.ShouldBe(expected);

    [Fact]
    public void Judge_SeveralProblems_TellsTheWorstFirst()
    {
        HealthCheckResult result = Judge(_well with { IsRunning = false, InputProblems = ["wallets.txt: is bad"], Chains = [Of(Chain.Ethereum, 0, 1) with { Problem = "node: is down" }] });
        (result.Status, result.Description).ShouldBe((HealthStatus.Unhealthy, "the watch does not run; ethereum: node: is down; wallets.txt: is bad"));
    }

    private static HealthCheckResult Judge(WatchStatus status) => WatchHealth.Judge(status, new WatchLimits());

    private static ChainStatus Of(Chain chain, long blocks, int seconds) => new() { Chain = chain, Height = 7, LagBlocks = blocks, Lag = TimeSpan.FromSeconds(seconds) };
}
