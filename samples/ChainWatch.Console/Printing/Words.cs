using System.Globalization;
using System.Numerics;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing;

/// <summary>Numbers, days and the words of answers, written alike everywhere.</summary>
internal static class Words
{
    public static string Number(BigInteger number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 hop", "3 hops".</summary>
    public static string Count(BigInteger number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Day(DateOnly? day) => day is DateOnly d && d != DateOnly.MinValue ? d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    public static string Time(DateTimeOffset? time) => time is DateTimeOffset t ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";

    public static string Block(ChainPosition position) => position.Index is int index
        ? string.Create(CultureInfo.InvariantCulture, $"block {position.Block} tx {index}")
        : string.Create(CultureInfo.InvariantCulture, $"block {position.Block}");

    public static string Of(Direction direction) => direction == Direction.Sent ? "sent" : "received";

    public static string Of(PathOrder? order) => order switch
    {
        null => "",
        PathOrder.Proven => "proven",
        PathOrder.SameTransaction => "same-transaction",
        _ => "assumed",
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Exposed => "EXPOSED",
        Verdict.NoneFound => "none found",
        _ => "INCOMPLETE",
    };

    public static string Of(NotFollowedReason reason) => reason switch
    {
        NotFollowedReason.ZeroValue => "zero value: moves no funds",
        NotFollowedReason.Dust => "below the minimum asked for (dust)",
        NotFollowedReason.UnrecognisedToken => "token not on the token list",
        NotFollowedReason.MintOrBurn => "mint or burn",
        NotFollowedReason.ToItself => "payer and payee are the same",
        NotFollowedReason.OutsideWindow => "outside the window asked for",
        NotFollowedReason.NoOrigin => "no origin (coinbase)",
        _ => "output without an address",
    };

    /// <summary>Who says what of whom: "designated by OFAC: Lazarus Group", "attributed to Lazarus Group by FBI (Bybit 2025-02-21)".</summary>
    public static string Of(ListEntry entry, EntryStatus status)
    {
        string incident = entry is Attribution { Incident.Length: > 0 } attribution ? $" ({attribution.Incident})" : "";
        string entity = entry.Entity;
        return status switch
        {
            EntryStatus.Designated => $"designated by {entry.Authority}: {entity}",
            EntryStatus.Delisted => $"delisted by {entry.Authority}: {entity}",
            _ when entity.Length == 0 => $"attributed by {entry.Authority}{incident}",
            _ => $"attributed to {entity} by {entry.Authority}{incident}",
        };
    }

    /// <summary>The status in words that stand before an authority's name.</summary>
    public static string Of(EntryStatus status) => status switch
    {
        EntryStatus.Designated => "designated",
        EntryStatus.Delisted => "delisted",
        _ => "attributed",
    };
}
