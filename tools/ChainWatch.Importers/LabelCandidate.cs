using ChainWatch.Labels;

namespace ChainWatch.Importers;

/// <summary>A collected label that may become a stop.</summary>
/// <param name="Label">The label.</param>
/// <param name="Origin">Where it comes from; the lowest wins.</param>
/// <param name="Line">Its line in its file: the first wins.</param>
internal sealed record LabelCandidate(StopLabel Label, LabelOrigin Origin, long Line);

/// <summary>Where a label comes from, the more trusted first.</summary>
internal enum LabelOrigin
{
    /// <summary>Collected one by one, with a source each.</summary>
    Additional,

    /// <summary>graphsense/graphsense-tagpacks.</summary>
    Graphsense,

    /// <summary>brianleect/etherscan-labels: scraped from Etherscan.</summary>
    EtherscanScrape,
}
