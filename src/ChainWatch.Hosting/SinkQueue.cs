using System.Threading.Channels;
using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>A sink, and a bell that rings when there may be more for it.</summary>
internal sealed class SinkQueue(IAlertSink sink)
{
    // Rung twice before anybody listens is rung once.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile string? _refusal;

    public IAlertSink Sink => sink;

    /// <summary>Why it gets nothing more; null: it does.</summary>
    public string? Refusal { get => _refusal; set => _refusal = value; }

    public void Wake() => _bell.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _bell.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
