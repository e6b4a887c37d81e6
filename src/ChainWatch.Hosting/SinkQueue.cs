using System.Threading.Channels;
using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>A sink, and a bell that rings when there may be more for it.</summary>
internal sealed class SinkQueue(IAlertSink sink)
{
    // Rung twice before anybody listens is rung once.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile string? _refusal;
    private long _offeredAt;

    public IAlertSink Sink => sink;

    /// <summary>Why it gets nothing more; null: it does.</summary>
    public string? Refusal { get => _refusal; set => _refusal = value; }

    /// <summary>Since when it has been offered the next alert; null: it has all.</summary>
    public DateTimeOffset? OfferedAt
    {
        get => Interlocked.Read(ref _offeredAt) is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        set => Interlocked.Exchange(ref _offeredAt, value?.UtcTicks ?? 0);
    }

    public void Wake() => _bell.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _bell.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
