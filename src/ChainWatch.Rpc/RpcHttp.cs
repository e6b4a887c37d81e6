using System.Net;

namespace ChainWatch.Rpc;

/// <summary>HTTP as the clients need it.</summary>
public static class RpcHttp
{
    /// <summary>A client for the whole life of a program, with no time-out of its own. The caller disposes it.</summary>
    public static HttpClient Create() => new(CreateHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    // Connections are renewed so that a change of address is seen; redirects could lead keys to another host.
    internal static SocketsHttpHandler CreateHandler() => new()
    {
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        UseCookies = false,
        AllowAutoRedirect = false,
    };

    /// <exception cref="ArgumentException">The client has a time-out, which would end requests behind the retry layer's back.</exception>
    internal static HttpClient RequireNoTimeout(HttpClient http) => http.Timeout == Timeout.InfiniteTimeSpan
        ? http
        : throw new ArgumentException("its Timeout must be Timeout.InfiniteTimeSpan: RpcOptions.AttemptTimeout is the one time-out", nameof(http));
}
