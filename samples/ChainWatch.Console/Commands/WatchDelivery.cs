using ChainWatch.Hosting;
using ChainWatch.Rpc;
using ChainWatch.Watching;

namespace ChainWatch.Console.Commands;

/// <summary>The webhook of a watch, or none.</summary>
internal sealed class WatchDelivery : IDisposable
{
    private readonly HttpClient? _http;
    private readonly AlertOutbox? _outbox;
    private readonly AlertDelivery? _delivery;
    private Task? _running;

    private WatchDelivery(HttpClient? http, AlertOutbox? outbox, AlertDelivery? delivery) => (_http, _outbox, _delivery) = (http, outbox, delivery);

    /// <summary>Opens the outbox.</summary>
    /// <param name="url">Where alerts go; null: nowhere.</param>
    /// <param name="secretVariable">The variable that holds the secret.</param>
    /// <param name="log">The alerts.</param>
    /// <param name="clock">Time.</param>
    /// <exception cref="ChainWatchException">There is no secret, or the URL is none.</exception>
    public static WatchDelivery Open(string? url, string secretVariable, AlertLog log, TimeProvider clock)
    {
        if (url is null)
        {
            return new WatchDelivery(null, null, null);
        }

        byte[] secret = System.Text.Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(secretVariable) ?? "");
        if (secret.Length < WebhookOptions.SecretBytesMin)
        {
            throw new ChainWatchException($"--webhook: the variable {secretVariable} holds {secret.Length} bytes; expected a secret of at least {WebhookOptions.SecretBytesMin}, with which alerts are signed");
        }

        HttpClient http = RpcHttp.Create();
        try
        {
            WebhookSink sink = new(http, RpcEndpoint.Parse(url), new WebhookOptions { Secret = secret }, clock);
            AlertOutbox outbox = AlertOutbox.Open(log);
            return new WatchDelivery(http, outbox, new AlertDelivery(outbox, [sink], clock));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Delivers from now on, beside the watch.</summary>
    public void Start(CancellationToken cancellationToken) => _running = _delivery?.RunAsync(cancellationToken);

    /// <summary>Says that there is more.</summary>
    public void Wake() => _delivery?.Wake();

    /// <summary>Delivers what there is.</summary>
    /// <exception cref="ChainWatchException">It was refused for good.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_delivery is not null)
        {
            await _delivery.DrainAsync(cancellationToken).ConfigureAwait(false);
            if (_delivery.Refused.Values.FirstOrDefault() is string refusal)
            {
                throw new ChainWatchException(refusal);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It was cancelled with the watch; what it was at stays in the outbox.
        _running?.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _outbox?.Dispose();
        _http?.Dispose();
    }
}
