using ChainWatch.TestNodes.Http;

namespace ChainWatch.Console.Tests.Updating;

/// <summary>A server that gives out one file, or fails to.</summary>
internal sealed class ListServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private int _requests;

    public ListServer() => _server = new LoopbackServer((request, _) =>
    {
        Interlocked.Increment(ref _requests);
        UserAgent = request.Headers["User-Agent"];
        return Task.FromResult(Answer);
    });

    /// <summary>What every request is answered with.</summary>
    public LoopbackAnswer Answer { get; set; } = LoopbackAnswer.Text("", 404);

    public string Url => $"{_server.Endpoint}SDN_ENHANCED.XML?key=SECRET42";

    /// <summary>As messages name it.</summary>
    public string Name => _server.Endpoint.ToString().TrimEnd('/');

    public int Requests => _requests;

    public string UserAgent { get; private set; } = "";

    public void Publish(string file) => Answer = LoopbackAnswer.Text(file) with { ContentType = "application/xml" };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
