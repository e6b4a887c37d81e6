using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Rpc;

/// <summary>Puts clients into a container.</summary>
public static class RpcServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="JsonRpcClient"/> and a <see cref="RestClient"/> for an endpoint, as keyed singletons under a name; their
    /// HTTP client is the factory's of the same name.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key.</param>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="options">Limits; null: the defaults.</param>
    public static IHttpClientBuilder AddRpcClient(this IServiceCollection services, string name, RpcEndpoint endpoint, RpcOptions? options = null)
    {
        services.AddKeyedSingleton(name, (provider, _) => new JsonRpcClient(Http(provider, name), endpoint, options, provider.GetService<TimeProvider>(), logger: provider.GetService<ILogger<JsonRpcClient>>()));
        services.AddKeyedSingleton(name, (provider, _) => new RestClient(Http(provider, name), endpoint, options, provider.GetService<TimeProvider>(), logger: provider.GetService<ILogger<RestClient>>()));
        return services.AddRpcHttp(name);
    }

    /// <summary>
    /// Adds an HTTP client under a name, as the clients need it: no time-out of its own, no redirects, and no log, which would
    /// print whole URLs and the keys in them.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The name at the factory.</param>
    public static IHttpClientBuilder AddRpcHttp(this IServiceCollection services, string name) =>
        services.AddHttpClient(name, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(RpcHttp.CreateHandler)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    private static HttpClient Http(IServiceProvider provider, string name) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
}
