using System.Globalization;
using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>Watches the budget of a collection, and remembers what was reached.</summary>
internal sealed class Limits(CollectOptions options, IChainSource source)
{
    private readonly TimeSpan _start = options.Elapsed?.Invoke() ?? TimeSpan.Zero;
    private readonly long _requests = source.RequestCount;
    private readonly List<CoverageGap> _gaps = [];

    /// <summary>What was reached.</summary>
    public IReadOnlyList<CoverageGap> Gaps => _gaps;

    public CollectBudget Budget => options.Budget;

    /// <summary>Whether a limit ends the fetching. The first that does is remembered.</summary>
    public bool AreReached(long rows, int addresses)
    {
        if (_gaps.Exists(g => g.Kind == GapKind.LimitReached))
        {
            return true;
        }

        string? reached = source.RequestCount - _requests >= Budget.Requests ? $"{Number(Budget.Requests)} requests"
            : rows >= Budget.Transfers ? $"{Number(Budget.Transfers)} transfers"
            : addresses > Budget.Addresses ? $"{Number(Budget.Addresses)} addresses"
            : options.Elapsed is Func<TimeSpan> elapsed && elapsed() - _start >= Budget.Time ? string.Create(CultureInfo.InvariantCulture, $"{Budget.Time.TotalMinutes:0.#} minutes")
            : null;
        if (reached is not null)
        {
            _gaps.Add(new CoverageGap(GapKind.LimitReached, $"fetching ended at the limit of {reached}: what comes after is missing"));
        }

        return reached is not null;
    }

    /// <summary>Remembers an address that has too many transfers.</summary>
    public void AddHub(Address address) => _gaps.Add(new CoverageGap(
        GapKind.StopNotFetched, $"{address} has more than {Number(Budget.TransfersPerAddress)} transfers and was not fetched: label it as a stop, or raise the limit"));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
