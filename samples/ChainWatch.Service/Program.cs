using ChainWatch;
using ChainWatch.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

// A container's health check: the image has no other program that asks over HTTP.
if (args is ["--health"])
{
    using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(4) };
    string port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS") ?? "8080";
    try
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"));
        return response.IsSuccessStatusCode ? 0 : 1;
    }
    catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
    {
        return 1;
    }
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddChainWatch(builder.Configuration.GetSection(ChainWatchOptions.SectionName));
builder.Services.AddHealthChecks().AddChainWatch();
await using WebApplication app = builder.Build();

// 200 healthy or degraded, 503 unhealthy; the body says why.
app.MapHealthChecks("/health", new HealthCheckOptions
{
    ResponseWriter = (context, report) => context.Response.WriteAsync(string.Join('\n', report.Entries.Select(e => $"{e.Value.Status}: {e.Value.Description}"))),
});

try
{
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    foreach (string problem in e.Failures)
    {
        Console.Error.WriteLine($"error: {problem}");
    }
}
catch (ChainWatchException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
}

return 1;
