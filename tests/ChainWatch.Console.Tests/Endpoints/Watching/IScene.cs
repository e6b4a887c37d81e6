using ChainWatch.Sources;

namespace ChainWatch.Console.Tests.Endpoints.Watching;

/// <summary>A real node of some chain, on which people pay one another by name.</summary>
internal interface IScene : IAsyncDisposable
{
    Chain Chain { get; }

    /// <summary>The chain's coin.</summary>
    Asset Coin { get; }

    /// <summary>The node as a source; another object each time, over the same endpoint.</summary>
    IChainSource OpenSource();

    Address AddressOf(string person);

    /// <summary>Sends a payment, which waits for a block.</summary>
    Task PayAsync(string from, string to, long units);

    /// <summary>Mines one block of all that waits.</summary>
    Task MineAsync();

    /// <summary>Replaces the last blocks by others, which bring one payment and nothing of what was in the old ones.</summary>
    Task ReorgAsync(int depth, string from, string to, long units);

    /// <summary>The node does not answer any more.</summary>
    Task StopAsync();

    /// <summary>It answers again, with all its blocks.</summary>
    Task RestartAsync();
}
