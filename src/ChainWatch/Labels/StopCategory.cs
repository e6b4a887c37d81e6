namespace ChainWatch.Labels;

/// <summary>What kind of service, contract or conduit an address is. Decides how a trace stops at it.</summary>
public enum StopCategory
{
    /// <summary>A cryptocurrency exchange. Service.</summary>
    Exchange,

    /// <summary>A payment processor. Service.</summary>
    Payment,

    /// <summary>A gambling site. Service.</summary>
    Gambling,

    /// <summary>A custodian. Service.</summary>
    Custodian,

    /// <summary>The user's own wallet. Service: the user knows what happens inside.</summary>
    Own,

    /// <summary>A decentralised exchange's pool or router. Contract.</summary>
    Dex,

    /// <summary>A router or aggregator. Contract.</summary>
    Router,

    /// <summary>A wrapper such as WETH. Contract.</summary>
    Wrapper,

    /// <summary>A contract that splits what it gets. Contract.</summary>
    Splitter,

    /// <summary>A mixer. Opaque.</summary>
    Mixer,

    /// <summary>A bridge to another chain. Opaque.</summary>
    Bridge,

    /// <summary>A lending pool. Opaque.</summary>
    Lending,

    /// <summary>The boundary of a shielded pool. Opaque.</summary>
    Privacy,

    /// <summary>A CoinJoin. Opaque.</summary>
    Coinjoin,
}

/// <summary>The three ways in which a trace stops.</summary>
public enum StopKind
{
    /// <summary>The chain cannot say what happened inside; the next step is to ask the service.</summary>
    Service,

    /// <summary>Followed through inside one transaction (conversion), closed across transactions.</summary>
    Contract,

    /// <summary>A conduit that is not seen through; a path through it makes a lead, never an exposure.</summary>
    Opaque,
}

/// <summary>Facts of the categories.</summary>
public static class StopCategories
{
    /// <summary>The way in which a trace stops at a category.</summary>
    public static StopKind KindOf(StopCategory category) => category switch
    {
        <= StopCategory.Own => StopKind.Service,
        <= StopCategory.Splitter => StopKind.Contract,
        _ => StopKind.Opaque,
    };

    /// <summary>The category as written in files and reports: its name in lower case.</summary>
    public static string NameOf(StopCategory category) => category switch
    {
        StopCategory.Exchange => "exchange",
        StopCategory.Payment => "payment",
        StopCategory.Gambling => "gambling",
        StopCategory.Custodian => "custodian",
        StopCategory.Own => "own",
        StopCategory.Dex => "dex",
        StopCategory.Router => "router",
        StopCategory.Wrapper => "wrapper",
        StopCategory.Splitter => "splitter",
        StopCategory.Mixer => "mixer",
        StopCategory.Bridge => "bridge",
        StopCategory.Lending => "lending",
        StopCategory.Privacy => "privacy",
        _ => "coinjoin",
    };

    /// <summary>Reads a category's name; false where there is no such category.</summary>
    public static bool TryParse(string text, out StopCategory category)
    {
        foreach (StopCategory known in Enum.GetValues<StopCategory>())
        {
            if (NameOf(known) == text)
            {
                category = known;
                return true;
            }
        }

        category = default;
        return false;
    }
}
