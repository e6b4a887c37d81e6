using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>The lists at hand, each verified against its manifest when loaded: address lists, stops and tokens.</summary>
public sealed class ListSet
{
    /// <summary>A set of lists.</summary>
    public ListSet(IReadOnlyList<AddressList> addressLists, IReadOnlyList<StopList> stopLists, IReadOnlyList<TokenList> tokenLists)
    {
        AddressLists = addressLists;
        StopLists = stopLists;
        TokenLists = tokenLists;
    }

    /// <summary>The lists of addresses, by name.</summary>
    public IReadOnlyList<AddressList> AddressLists { get; }

    /// <summary>The lists of stops, by name.</summary>
    public IReadOnlyList<StopList> StopLists { get; }

    /// <summary>The lists of tokens, by name.</summary>
    public IReadOnlyList<TokenList> TokenLists { get; }

    /// <summary>The address list of a name, without regard to case.</summary>
    /// <exception cref="ChainWatchException">There is none; the message suggests the nearest names.</exception>
    public AddressList this[string name] => AddressLists.FirstOrDefault(list => list.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ChainWatchException($"no list '{name}'{NearestNames.Suggest(name, [.. AddressLists.Select(l => l.Name)])}");
}
