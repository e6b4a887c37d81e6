using ChainWatch.Labels;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>
/// A watched wallet came within reach of a list, or no longer is: one event, with its evidence. Exposure, not guilt. Two
/// alerts with equal <see cref="Id"/>s tell of the same event.
/// </summary>
public sealed record Alert
{
    /// <summary>
    /// The event's name, 32 hexadecimal digits: the first 16 bytes of a SHA-256 over list, direction, chain, wallet, reason, and
    /// the last transfer's transaction (its position where that is not known), asset and value. It depends neither on the
    /// block nor on the state, so that a transaction which a reorganisation moves keeps it. Computed at each call.
    /// </summary>
    public string Id => AlertId.Of(this);

    /// <summary>Whether the event happened, or turned out not to have.</summary>
    public AlertState State { get; init; } = AlertState.Raised;

    /// <summary>Why it was withdrawn; null while it stands.</summary>
    public WithdrawalCause? Cause { get; init; }

    /// <summary>What happened.</summary>
    public required AlertReason Reason { get; init; }

    /// <summary>True for dust and spam: worth a line in the log, not worth waking anybody.</summary>
    public bool IsNote { get; init; }

    /// <summary>True where a change of a list, a rule or the watched wallets brought it, and not a block: the transfers are older.</summary>
    public bool IsRetroactive { get; init; }

    /// <summary>The list's name.</summary>
    public required string List { get; init; }

    /// <summary>The day as of which the list speaks; null for lists without a date.</summary>
    public DateOnly? ListAsOf { get; init; }

    /// <summary>The version of the list's compilation; null for a list made on the spot.</summary>
    public string? ListVersion { get; init; }

    /// <summary>SHA-256 of the list's data file; null for a list made on the spot.</summary>
    public string? ListSha256 { get; init; }

    /// <summary>Which way the funds went: one of the two, never both.</summary>
    /// <exception cref="ArgumentException">Both, or none.</exception>
    public required Direction Direction
    {
        get;
        init => field = value is Direction.Received or Direction.Sent ? value : throw new ArgumentException("expected one direction", nameof(value));
    }

    /// <summary>The watched wallet.</summary>
    public required Address Wallet { get; init; }

    /// <summary>The least number of hops between the list and the wallet; 0: the wallet is on the list itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public required int Hops
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 0 or more");
    }

    /// <summary>The transfers that show it, in chain order; the last is the one that raised the alert. Empty for 0 hops.</summary>
    public required IReadOnlyList<PathStep> Path { get; init; }

    /// <summary>The block of the last transfer; of a withdrawal: the block that is no longer part of the chain.</summary>
    public required BlockRef Block { get; init; }

    /// <summary>How many blocks stood on the transfer's when the alert was raised, its own counted; 0: it is in none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int Confirmations
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 0 or more");
    }

    /// <summary>One line of JSON in UTF-8, without its end. Layout in docs/formats.md.</summary>
    /// <param name="tokens">Whose symbols and decimals stand beside the tokens, for people; null: none.</param>
    public byte[] ToJson(TokenList? tokens = null) => AlertJson.Write(this, tokens ?? TokenList.Empty);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <exception cref="ChainWatchException">It is no alert, or its id is not that of its event.</exception>
    public static Alert FromJson(ReadOnlyMemory<byte> json, string name = "alert") => AlertReading.Read(json, name, 0);
}

/// <summary>Whether an alert's event happened.</summary>
public enum AlertState
{
    /// <summary>It did.</summary>
    Raised,

    /// <summary>It no longer holds; <see cref="Alert.Cause"/> tells why.</summary>
    Withdrawn,
}

/// <summary>Why an alert was withdrawn.</summary>
public enum WithdrawalCause
{
    /// <summary>The chain was reorganised, and the branch that won does not bring the event.</summary>
    Reorganised,

    /// <summary>The address at the path's other end is on the list no more. The withdrawal names the list's version that says so.</summary>
    ListChanged,

    /// <summary>Under the lists, hops, stops and filters that are watched by now it is not told, or told otherwise.</summary>
    RulesChanged,
}
