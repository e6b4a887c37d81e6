using System.Collections.Concurrent;
using ChainWatch.Watching;

namespace ChainWatch.Hosting.Tests;

/// <summary>A sink that keeps what it accepted, and fails as its script says: by the number of the attempt, from 1.</summary>
internal sealed class ListSink(string name, Func<int, CancellationToken, Task>? script = null) : IAlertSink
{
    private int _attempts;

    public string Name => name;

    public ConcurrentQueue<long> Accepted { get; } = new();

    public async Task SendAsync(LoggedAlert alert, CancellationToken cancellationToken)
    {
        await (script?.Invoke(Interlocked.Increment(ref _attempts), cancellationToken) ?? Task.CompletedTask);
        Accepted.Enqueue(alert.Number);
    }
}
