using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>The theft on a real Bitcoin node for a class of tests that only read it; null where the tools are absent.</summary>
public sealed class BitcoinStage : IAsyncLifetime
{
    /// <summary>Addresses that the FBI attributes to the Lazarus Group (Harmony and later thefts): on the repository's list.</summary>
    public static readonly string[] Listed = ["12283Cq1pJ3f1gXwqi6K3bRf5LZb8Bkm6g", "37fnBxofDeph2fpBZxZKypNkwdXAt9nT6F", "bc1q82gvk20m08uctmmr97p2mqyxtyh6xf68rwe0t9"];

    private BitcoinStory? _story;

    public BitcoinStory Story
    {
        get
        {
            Skip.If(_story is null, NodeTools.BcoinSkipReason);
            return _story;
        }
    }

    /// <summary>The node with its credentials, as a user gives it.</summary>
    public string Url => UrlOf(Story.Node);

    public static string UrlOf(Bcoin node) => new UriBuilder(node.Endpoint) { UserName = node.User, Password = node.Password }.Uri.ToString();

    public async Task InitializeAsync() => _story = NodeTools.BcoinSkipReason is null ? await BitcoinStory.PlayAsync(Listed) : null;

    public async Task DisposeAsync()
    {
        if (_story is not null)
        {
            await _story.DisposeAsync();
        }
    }

    /// <summary>From the thieves, given as a list of the test's own.</summary>
    internal string[] Ask(Files files, int hops, params string[] more) =>
        ["trace", "--from", files.Write("thieves.csv", ["address", .. Story.Thieves]), "--hops", hops.ToString(System.Globalization.CultureInfo.InvariantCulture), .. more];
}
