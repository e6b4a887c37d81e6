using System.Diagnostics;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>Adds up how long a node takes to answer, from the request to the last byte.</summary>
internal sealed class TimedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private long _ticks;

    /// <summary>The sum so far.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - start);
        return response;
    }
}
