using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing;

/// <summary>What is known of an address: its label as a stop, and what the lists at hand say of it.</summary>
internal sealed class KnownNames
{
    private readonly TraceRequest _request;
    private readonly Dictionary<Address, StopLabel> _labels = [];

    public KnownNames(TraceRequest request)
    {
        _request = request;
        // The first list that labels an address counts, as in the trace.
        foreach (StopLabel label in request.Stops.Lists.SelectMany(list => list.Labels))
        {
            _labels.TryAdd(label.Address, label);
        }
    }

    /// <summary>The stop's label, where the trace stops at the address.</summary>
    public StopLabel? LabelOf(Address address) => _labels.GetValueOrDefault(address);

    /// <summary>What the lists at hand say of an address.</summary>
    public IReadOnlyList<ScreeningMatch> MatchesOf(Address address) => _request.Lists?.Screen(address, _request.AsOf).Matches ?? [];

    /// <summary>All of it, one phrase each.</summary>
    public IEnumerable<string> Of(Address address)
    {
        if (LabelOf(address) is StopLabel label)
        {
            yield return Of(label);
        }

        foreach (string entry in MatchesOf(address).Select(match => Words.Of(match.Entry, match.Status)).Distinct(StringComparer.Ordinal))
        {
            yield return entry;
        }
    }

    public static string Of(StopLabel label) => label.Name.Length == 0
        ? StopCategories.NameOf(label.Category)
        : $"{StopCategories.NameOf(label.Category)}: {label.Name}";
}
