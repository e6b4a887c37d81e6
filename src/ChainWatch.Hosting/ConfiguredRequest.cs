using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>What options ask for, read from the files that they name. Every error names the key.</summary>
internal sealed class ConfiguredRequest(ChainWatchOptions options)
{
    public ListSet Lists() => At(nameof(options.ListsFolder), () => ListChoice.Load(options.ListsFolder));

    public IReadOnlyList<AddressList> From(ListSet lists) => At(nameof(options.From), () =>
    {
        IReadOnlyList<AddressList> from = SeedSelectors.Read(options.From, lists, Key(nameof(options.From)));
        foreach (AddressList list in from)
        {
            list.Seeds();
        }

        return from;
    });

    public StopRule Stops(ListSet lists) => At(nameof(options.StopFiles), () => new StopRule
    {
        Lists = [.. options.StopFiles.Distinct(StringComparer.Ordinal).Select(LabelFile.Read), .. options.DefaultLabels ? lists.StopLists : []],
        MaxDegree = options.MaxDegree,
    });

    public TokenList Tokens(ListSet lists) => At(nameof(options.ListsFolder), () => ListChoice.Tokens(lists));

    // The chains are known once their nodes answer, and a watch begins before: "native" cannot be told.
    public IReadOnlyDictionary<Asset, Amount> MinValues(TokenList tokens) => AssetAmounts.Read(options.MinValues, tokens, chains: null, Key(nameof(options.MinValues)));

    public IReadOnlyDictionary<Asset, Amount> AlertValues(TokenList tokens) => AssetAmounts.Read(options.AlertValues, tokens, chains: null, Key(nameof(options.AlertValues)));

    public IReadOnlyCollection<Address> Wallets() => At(nameof(options.Wallets), () => (IReadOnlyCollection<Address>)[.. GivenAddresses.Read(options.Wallets, Key(nameof(options.Wallets))).Keys]);

    /// <summary>All but the wallets.</summary>
    public WatchRequest Rules()
    {
        ListSet lists = Lists();
        TokenList tokens = Tokens(lists);
        return new WatchRequest
        {
            Trace = new TraceRequest
            {
                From = From(lists),
                MaxHops = options.Hops,
                Stops = Stops(lists),
                Tokens = tokens,
                AnyToken = options.AnyToken,
                MinValues = MinValues(tokens),
                StrictOrder = options.StrictOrder,
                ThroughCoinJoin = options.ThroughCoinJoin,
                Lists = lists,
            },
            AlertValues = AlertValues(tokens),
            Confirmations = options.Confirmations,
            Since = options.Since,
        };
    }

    /// <summary>The files that the wallets are read from.</summary>
    public IEnumerable<string> WalletFiles() => GivenAddresses.Files(options.Wallets);

    /// <summary>The files that the rest is read from.</summary>
    public IEnumerable<string> RuleFiles() => [.. ListChoice.Files(options.ListsFolder), .. SeedSelectors.Files(options.From), .. options.StopFiles];

    private string Key(string name) => $"{options.Place}:{name}";

    private T At<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ChainWatchException e) when (!e.Message.StartsWith(Key(name), StringComparison.Ordinal))
        {
            // The cause is kept in its place: whoever asks again tells a file that cannot be opened by it.
            throw new ChainWatchException($"{Key(name)}: {e.Message}", e.InnerException ?? e);
        }
    }
}
