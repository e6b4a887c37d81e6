using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChainWatch.TestNodes.Http;

/// <summary>
/// A small HTTP/1.1 server on a free loopback port. It stands on a bare socket, since it must be able to break off an answer
/// in the middle of its body, which a well-made server does not do.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackRequest, CancellationToken, Task<LoopbackAnswer>> _answer;
    private readonly Task _accepting;

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">Answers a request; called by several connections at once.</param>
    public LoopbackServer(Func<LoopbackRequest, CancellationToken, Task<LoopbackAnswer>> answer)
    {
        _answer = answer;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(ServeAsync(client));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient closing = client;
        try
        {
            client.NoDelay = true;
            await using BufferedStream stream = new(client.GetStream());
            bool open = true;
            while (open && await HttpReading.ReadAsync(stream, _stop.Token) is LoopbackRequest request)
            {
                open = await SendAsync(client, await AnswerAsync(request), _stop.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
    }

    // A defect of the test bed must not look like a fault that was injected.
    private async Task<LoopbackAnswer> AnswerAsync(LoopbackRequest request)
    {
        try
        {
            return await _answer(request, _stop.Token);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return LoopbackAnswer.Text($"the test server failed: {defect.Message}", 501);
        }
    }

    private static async Task<bool> SendAsync(TcpClient client, LoopbackAnswer answer, CancellationToken stop)
    {
        NetworkStream stream = client.GetStream();
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Test\r\nContent-Type: {answer.ContentType}\r\nContent-Length: {answer.Body.Length}\r\n");
        foreach ((string name, string value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);
        if (answer.CutInTheMiddle)
        {
            await stream.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), stop);
            return false;
        }

        int piece = answer.Drip == TimeSpan.Zero ? answer.Body.Length : Math.Max(1, (answer.Body.Length + answer.DripPieces - 1) / answer.DripPieces);
        for (int sent = 0; sent < answer.Body.Length; sent += piece)
        {
            await stream.WriteAsync(answer.Body.AsMemory(sent, Math.Min(piece, answer.Body.Length - sent)), stop);
            await (answer.Drip == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(answer.Drip, stop));
        }

        return true;
    }
}
