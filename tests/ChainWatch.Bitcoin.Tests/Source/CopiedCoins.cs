using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>
/// The private chain of <see cref="SpentCoins"/> and a branch that replaces its last three blocks, copied from a real node once:
/// the stand-ins serve it with what that node lacks.
/// </summary>
public sealed class CopiedCoins : IAsyncLifetime
{
    /// <summary>The lowest block that is copied.</summary>
    internal const int First = 1;

    private StandInBlock[]? _blocks;
    private StandInBlock[] _branch = [];

    /// <summary>The chain before the reorganisation, from <see cref="First"/> to 454.</summary>
    internal StandInBlock[] Blocks
    {
        get
        {
            // Skipped here and not in the fixture, where it would be a failure.
            Skip.If(_blocks is null, TestNodes.NodeTools.BcoinSkipReason ?? "a real Bitcoin node is absent here");
            return _blocks!;
        }
    }

    /// <summary>The chain after it, up to 455.</summary>
    internal StandInBlock[] Branch => _branch;

    internal TxId Spent { get; private set; }

    internal TxId Child { get; private set; }

    internal TxId Instead { get; private set; }

    public async Task InitializeAsync()
    {
        if (TestNodes.NodeTools.BcoinSkipReason is not null)
        {
            return;
        }

        await using SpentCoins chain = await SpentCoins.StartAsync();
        (Spent, Child) = (chain.Spent, chain.Pair.Child);
        StandInBlock[] blocks = await StandInBlock.CopyAsync(chain.Node, First, 454);
        Instead = (await chain.Node.ReorgAsync(3, [new Spend([(chain.Funds, 1)], [(SpentCoins.Taproot, 5)])])).Single();
        _branch = [.. blocks.Where(b => b.Height < 452), .. await StandInBlock.CopyAsync(chain.Node, 452, 455)];
        _blocks = blocks;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
