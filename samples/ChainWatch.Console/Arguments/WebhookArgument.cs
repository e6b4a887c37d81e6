using System.CommandLine;
using ChainWatch.Hosting;
using ChainWatch.Rpc;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Console.Arguments;

/// <summary>The webhook that alerts are sent to.</summary>
internal sealed class WebhookArgument
{
    // No command line (and no history of the shell) holds it.
    private const string SecretVariable = "CHAINWATCH_WEBHOOK_SECRET";
    private readonly Option<string?> _url = new("--webhook") { Description = "Send every alert there, signed, until it is accepted", HelpName = "URL" };

    public void AddTo(Command command) => command.Add(_url);

    /// <summary>Opens it; without the option there is none.</summary>
    /// <exception cref="ChainWatchException">There is no secret, or the URL is none.</exception>
    public Opened Open(ParseResult parsed, TimeProvider clock, ILoggerFactory loggers)
    {
        if (parsed.GetValue(_url) is not string url)
        {
            return new Opened(null, []);
        }

        byte[] secret = System.Text.Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(SecretVariable) ?? "");
        if (secret.Length < WebhookOptions.SecretBytesMin)
        {
            throw new ChainWatchException($"{_url.Name}: the variable {SecretVariable} holds {secret.Length} bytes; expected a secret of at least {WebhookOptions.SecretBytesMin}, with which alerts are signed");
        }

        HttpClient http = RpcHttp.Create();
        try
        {
            RpcEndpoint endpoint = LiveSource.Parse(_url.Name, url);
            return new Opened(http, [new WebhookSink(http, endpoint, new WebhookOptions { Secret = secret }, clock, logger: new Logger<WebhookSink>(loggers))]);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The sink, or none, with what it holds open.</summary>
    internal sealed class Opened(HttpClient? http, IReadOnlyList<IAlertSink> sinks) : IDisposable
    {
        public IReadOnlyList<IAlertSink> Sinks => sinks;

        public void Dispose() => http?.Dispose();
    }
}
