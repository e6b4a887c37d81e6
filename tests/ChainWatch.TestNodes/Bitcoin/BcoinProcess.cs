using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>The running launcher: an order is a line of JSON to it, its answer a line back.</summary>
internal sealed class BcoinProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Starts the launcher, which waits for its first order.</summary>
    /// <exception cref="SkipException">There is no node program here.</exception>
    public BcoinProcess(NodeTools tools)
    {
        ProcessStartInfo start = new("node") { WorkingDirectory = tools.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(NodeTools.Resource("bcoin.js"));
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new SkipException($"a real Bitcoin node is absent here: {problem.Message}");
        }

        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gives an order and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The order failed, with the node's words; or the process has ended.</exception>
    public async Task<JsonNode?> OrderAsync(string order, JsonObject? details = null)
    {
        details ??= [];
        details["order"] = order;
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(details.ToJsonString());
            await _process.StandardInput.FlushAsync();
            string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"bcoin ended: {await _errors}");
            JsonNode answer = JsonNode.Parse(line)!;
            return answer["error"] is JsonNode error ? throw new InvalidOperationException($"{order}: {error}") : answer["result"]?.DeepClone();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends it. The launcher leaves by itself when its input ends, also where this process dies.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(EndLimit);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _turn.Dispose();
    }
}
