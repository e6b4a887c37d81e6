using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>The re-enacted theft on a real node for a class of tests that only read it; null where the tools are absent.</summary>
public sealed class RoninStage : IAsyncLifetime
{
    private RoninReenactment? _play;

    public RoninReenactment Play
    {
        get
        {
            Skip.If(_play is null, NodeTools.SkipReason);
            return _play;
        }
    }

    public async Task InitializeAsync() => _play = NodeTools.SkipReason is null ? await RoninReenactment.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_play is not null)
        {
            await _play.DisposeAsync();
        }
    }

    /// <summary>The question of the tests: from the listed address to a wallet within 4 hops.</summary>
    internal string[] Ask(Files files, Address wallet, Uri endpoint, params string[] more) =>
    [
        "trace", "--from", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "--to", wallet.ToString(), "--hops", "4", "--since", "14442835",
        "--stop-at", files.Write("stops.csv", Play.StopsCsv.TrimEnd('\n')), "--ethereum", endpoint.ToString(), .. more,
    ];
}
