using System.Diagnostics.CodeAnalysis;
using ChainWatch.Rpc;
using ChainWatch.Watching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ChainWatch.Hosting;

/// <summary>Puts a watch into a host.</summary>
public static class ChainWatchServiceCollectionExtensions
{
    /// <summary>
    /// Adds a watch that runs with the host (<see cref="WatchService"/>), as a section of its configuration says. Options are checked
    /// when the host starts. Registered <see cref="IAlertSink"/>s get the alerts, registered <see cref="Sources.IChainSource"/>s are
    /// read besides the nodes of the section, and a registered <see cref="TimeProvider"/> tells the time.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section, usually <c>configuration.GetSection("ChainWatch")</c>; its keys are the names of <see cref="ChainWatchOptions"/>.</param>
    public static IServiceCollection AddChainWatch(this IServiceCollection services, IConfiguration section) => services.AddChainWatch(options => OptionsReader.Read(section, options));

    /// <inheritdoc cref="AddChainWatch(IServiceCollection, IConfiguration)"/>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; after a section, it goes before what the section says.</param>
    public static IServiceCollection AddChainWatch(this IServiceCollection services, Action<ChainWatchOptions> configure)
    {
        services.AddOptions<ChainWatchOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChainWatchOptions>, OptionsValidator>());
        if (services.Any(s => s.ServiceType == typeof(WatchService)))
        {
            return services;
        }

        services.AddRpcHttp(ChainWatchClients.Ethereum);
        services.AddRpcHttp(ChainWatchClients.Bitcoin);
        services.AddRpcHttp(ChainWatchClients.Webhook);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WatchService>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchService>());
        return services;
    }

    /// <summary>Adds a sink that gets every alert, in order, until it accepts it.</summary>
    /// <typeparam name="T">The sink.</typeparam>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddAlertSink<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this IServiceCollection services) where T : class, IAlertSink =>
        services.AddSingleton<IAlertSink, T>();

    /// <summary>Adds the watch's health check: lag, age of the lists, delivery.</summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Its tags; null: none.</param>
    public static IHealthChecksBuilder AddChainWatch(this IHealthChecksBuilder builder, string name = "chainwatch", IEnumerable<string>? tags = null) =>
        builder.Add(new HealthCheckRegistration(name, provider => new WatchHealthCheck(provider.GetRequiredService<WatchService>()), failureStatus: null, tags));
}
