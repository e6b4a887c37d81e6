namespace ChainWatch.Nethereum.Tests;

/// <summary>A clock that stands: two answers given at different moments can be compared to the letter. Delays pass as they do.</summary>
internal sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 3, 26, 12, 0, 0, TimeSpan.Zero);
}
