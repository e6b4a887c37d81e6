using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>One private chain of <see cref="SpentCoins"/> on a real node, for the tests of a class that only read it.</summary>
public sealed class SharedCoins : IAsyncLifetime
{
    private SpentCoins? _chain;

    internal SpentCoins Chain
    {
        get
        {
            // Skipped here and not in the fixture, where it would be a failure.
            Skip.If(_chain is null, NodeTools.BcoinSkipReason ?? "a real Bitcoin node is absent here");
            return _chain!;
        }
    }

    internal Bcoin Node => Chain.Node;

    public async Task InitializeAsync() => _chain = NodeTools.BcoinSkipReason is null ? await SpentCoins.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }
    }
}
