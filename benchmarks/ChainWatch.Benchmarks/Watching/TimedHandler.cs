using System.Diagnostics;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>Adds up the time in which a node is waited for: while at least one request is under way, to the last byte of its answer.</summary>
internal sealed class TimedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly Lock _lock = new();
    private int _underWay;
    private long _since;
    private long _ticks;

    /// <summary>The sum so far.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_lock)
            {
                return Stopwatch.GetElapsedTime(0, _ticks);
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count(1);
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        finally
        {
            Count(-1);
        }
    }

    private void Count(int change)
    {
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            _ticks += _underWay > 0 ? now - _since : 0;
            (_since, _underWay) = (now, _underWay + change);
        }
    }
}
