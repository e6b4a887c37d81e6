using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Watching;

/// <summary>Funds that went from watched wallets to a list's addresses over several hops.</summary>
/// <remarks>
/// Such a path is whole when its last transfer comes: when an address of the list is paid. Then it is looked for, from that
/// address backward.
/// </remarks>
/// <param name="request">What is watched for.</param>
internal sealed class SentPaths(TraceRequest request)
{
    private readonly TracedList[] _lists = [.. request.From.Select(l => new TracedList(l, request.AsOf, []))];

    /// <summary>The nearest paths that the transfers of a block made whole.</summary>
    /// <param name="graph">A graph with that block.</param>
    /// <param name="log">Its chain.</param>
    /// <param name="height">The block.</param>
    /// <param name="wallets">The wallets.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IEnumerable<(TracedList List, Exposure Exposure)> Through(TransferGraph graph, ChainLog log, long height, IReadOnlyList<Address> wallets, CancellationToken cancellationToken)
    {
        HashSet<Address> payees = PayeesOf(log, height);
        AddressList[] paid = [.. _lists.Select(l => (l.List, Seeds: payees.Where(l.IsSeed).ToHashSet())).Where(l => l.Seeds.Count > 0).Select(l => Only(l.List, log.Chain, l.Seeds))];
        return paid.Length == 0 || request.MaxHops == 1 || wallets.Count == 0
            ? []
            : Trace(graph, log, request with { From = paid, To = wallets, Window = request.Window with { LastBlock = height } }, cancellationToken);
    }

    /// <summary>The nearest paths of wallets in all of history.</summary>
    public IEnumerable<(TracedList List, Exposure Exposure)> Of(TransferGraph graph, ChainLog log, IReadOnlyList<Address> wallets, CancellationToken cancellationToken) =>
        Trace(graph, log, request with { To = wallets }, cancellationToken);

    private static IEnumerable<(TracedList List, Exposure Exposure)> Trace(TransferGraph graph, ChainLog log, TraceRequest request, CancellationToken cancellationToken)
    {
        TransferGraph one = new([log], graph.Coverage);
        TraceResult result = Tracer.Trace(one, request with { Direction = Direction.Sent }, cancellationToken);
        return result.Exposures.Where(e => !e.IsSeed).Select(e => (result.Lists.Single(l => l.Name == e.List), e));
    }

    private static AddressList Only(AddressList list, Chain chain, HashSet<Address> seeds) =>
        new(list.Name, list.AsOf, [.. list.Entries.Where(e => seeds.Contains(e.Address.CountedOn(chain)))], list.Manifest);

    private static HashSet<Address> PayeesOf(ChainLog log, long height)
    {
        (int group, int end) = (LogSlice.FirstGroupFrom(log, height), LogSlice.FirstGroupFrom(log, height + 1));
        HashSet<int> payees = [];
        for (int entry = group < end ? log.Groups.StartOf(group) : 0; group < end && entry < log.EndOf(end - 1); entry++)
        {
            if (log.Entries.MultiOf(entry) is >= 0 and int multi)
            {
                payees.UnionWith(log.MultiAt(multi).Targets.Select(t => t.Address));
            }
            else
            {
                payees.Add(log.Entries[entry].Target);
            }
        }

        return [.. payees.Select(p => log.AddressTable[p])];
    }
}
