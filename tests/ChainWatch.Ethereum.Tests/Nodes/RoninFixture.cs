using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Ethereum.Tests.Nodes;

/// <summary>One re-enactment for all tests of a class that only read it; null where the tools are absent.</summary>
public sealed class RoninFixture : IAsyncLifetime
{
    private RoninReenactment? _play;

    /// <summary>The re-enactment.</summary>
    public RoninReenactment Play
    {
        get
        {
            Skip.If(_play is null, NodeTools.SkipReason);
            return _play;
        }
    }

    /// <inheritdoc/>
    public async Task InitializeAsync() => _play = NodeTools.SkipReason is null ? await RoninReenactment.StartAsync() : null;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_play is not null)
        {
            await _play.DisposeAsync();
        }
    }
}
