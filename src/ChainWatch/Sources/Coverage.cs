namespace ChainWatch.Sources;

/// <summary>What an answer rests on. An answer is complete only where nothing is missing, or it says what is.</summary>
public sealed record Coverage
{
    /// <summary>The sources that were read, in the order given.</summary>
    public required IReadOnlyList<SourceCoverage> Sources { get; init; }

    /// <summary>What is at hand of each chain, in order of the chains' names.</summary>
    public required IReadOnlyList<ChainCoverage> Chains { get; init; }

    /// <summary>What is missing. Empty: complete, as far as the sources can tell.</summary>
    public required IReadOnlyList<CoverageGap> Gaps { get; init; }

    /// <summary>True where nothing is known to be missing.</summary>
    public bool IsComplete => Gaps.Count == 0;
}

/// <summary>What one source was and gave.</summary>
public sealed record SourceCoverage
{
    /// <summary>The source as printed: a file's name as given, an endpoint's host.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of source, for example <c>transfer-file</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Rows (or blocks) read.</summary>
    public long Rows { get; init; }

    /// <summary>SHA-256 of a file's bytes as stored (compressed, where it is), 64 lower-case hexadecimal digits; null for other sources.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True where the supplier says that the source holds everything there is to the question.</summary>
    public bool DeclaredComplete { get; init; }

    /// <summary>Rows that were the same as an earlier one and counted once.</summary>
    public long DuplicateRows { get; init; }

    /// <summary>Remarks that a reader of the answer must know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What was counted in passing, in the source's order; empty where that would count things twice.</summary>
    public IReadOnlyList<CoverageCount> Counts { get; init; } = [];

    /// <summary>The blocks that were read whole, ascending; empty for what has none (a file).</summary>
    public IReadOnlyList<ReadWindow> Windows { get; init; } = [];

    /// <summary>The endpoint that was asked; null for files.</summary>
    public EndpointRecord? Endpoint { get; init; }

    /// <summary>What this source knows to be missing from it.</summary>
    public IReadOnlyList<CoverageGap> Gaps { get; init; } = [];
}

/// <summary>How many things of a sort a source met, for example outputs of a form that has no address.</summary>
/// <param name="Name">What was counted, in the plural: <c>OP_RETURN outputs</c>.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record CoverageCount(string Name, long Count)
{
    /// <summary>One list of the lists of several parts.</summary>
    internal static IReadOnlyList<CoverageCount> Sum(IEnumerable<CoverageCount> counts) =>
        [.. counts.GroupBy(c => c.Name, StringComparer.Ordinal).Select(g => new CoverageCount(g.Key, g.Sum(c => c.Count))).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary><c>COUNT NAME</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Count} {Name}");
}

/// <summary>What is at hand of one chain.</summary>
public sealed record ChainCoverage
{
    private readonly Lazy<string> _contentSha256;

    /// <summary>What is at hand of a chain; the content's hash is computed when it is first asked for.</summary>
    public ChainCoverage(Func<string> contentSha256) => _contentSha256 = new Lazy<string>(contentSha256);

    /// <summary>
    /// SHA-256 of the transfers at hand, written as a transfer file in canonical order: 64 lower-case hexadecimal digits.
    /// The same for the same transfers, however their rows, files and compression are.
    /// </summary>
    public string ContentSha256 => _contentSha256.Value;

    /// <summary>The chain.</summary>
    public required Chain Chain { get; init; }

    /// <summary>The lowest block with a transfer.</summary>
    public required long FirstBlock { get; init; }

    /// <summary>The highest block with a transfer.</summary>
    public required long LastBlock { get; init; }

    /// <summary>The first block's time, where known.</summary>
    public DateTimeOffset? FirstTime { get; init; }

    /// <summary>The last block's time, where known.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>Movements at hand: plain transfers and UTXO transactions.</summary>
    public long Movements { get; init; }

    /// <summary>Distinct addresses.</summary>
    public int Addresses { get; init; }

    /// <summary>Blocks in which the transactions' order is not known: each is one group, its order assumed.</summary>
    public long BlocksWithoutOrder { get; init; }

    /// <summary>The kinds of transfer that occur: <c>coin</c>, <c>token</c>, <c>internal</c>.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];
}

/// <summary>Blocks that were read whole, with the hashes that tell which chain they were of.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="First">The lowest height.</param>
/// <param name="Last">The highest height.</param>
/// <param name="ParentHash">The hash of the block before the first.</param>
/// <param name="LastHash">The hash of the last block.</param>
public sealed record ReadWindow(Chain Chain, long First, long Last, string ParentHash, string LastHash);

/// <summary>An endpoint that was asked, as it was then.</summary>
public sealed record EndpointRecord
{
    /// <summary>The chain it serves.</summary>
    public required Chain Chain { get; init; }

    /// <summary>Its own word on what runs there; null where it does not tell.</summary>
    public string? ClientVersion { get; init; }

    /// <summary>When it was first asked (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The newest block that the answer rests on.</summary>
    public required long HeadHeight { get; init; }

    /// <summary>That block's hash.</summary>
    public required string HeadHash { get; init; }

    /// <summary>Single addresses that it was asked about, and so knows to be of interest; 0: none.</summary>
    public long AddressesAsked { get; init; }

    /// <summary>What it was found to answer.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];
}

/// <summary>Something that is missing.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Count">How many times, where it can be counted; else 1.</param>
public sealed record CoverageGap(GapKind Kind, string Detail, long Count = 1);

/// <summary>The kinds of things that can be missing.</summary>
public enum GapKind
{
    /// <summary>A file whose supplier has not said that it is complete.</summary>
    NotDeclaredComplete,

    /// <summary>Inputs of UTXO transactions whose owner is not known.</summary>
    UnknownInputOwner,

    /// <summary>UTXO transactions with inputs and no outputs: where their value went is not known.</summary>
    MissingOutputs,

    /// <summary>A window of blocks that was asked for and not read.</summary>
    MissingBlocks,

    /// <summary>A kind of transfer that the source cannot show (internal calls, tokens).</summary>
    MissingTransferKind,

    /// <summary>A limit of time, requests or size was reached.</summary>
    LimitReached,

    /// <summary>A stop that was reached and not fetched, behind which a lead may lie.</summary>
    StopNotFetched,

    /// <summary>The chain was reorganised while it was read, again and again.</summary>
    Reorganised,

    /// <summary>What an endpoint answered contradicts itself, and asking again did not settle it.</summary>
    UnverifiedAnswer,
}
