using ChainWatch.Graph;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;

namespace ChainWatch.Tests.Tracing.Live;

/// <summary>Notes and payments of a block, told from what they mean: by a trace of everything up to each position.</summary>
internal static class LiveSightings
{
    /// <summary>Compares them with what a live trace said.</summary>
    /// <returns>How many there are.</returns>
    public static int Compare(IReadOnlyList<LiveBlock> came, ChainLog log, long block, TraceRequest request, HashSet<Address> wallets, string context)
    {
        List<string> notes = [];
        List<string> payments = [];
        HashSet<string> unclear = [];
        int group = ChainWatch.Watching.LogSlice.FirstGroupFrom(log, block);
        for (; group < log.Groups.Length && log.PositionOf(group).Block == block; group++)
        {
            TransferGraphBuilder prefix = new();
            log.SendTo(prefix, 0, group + 1);
            TraceResult before = Tracer.Trace(prefix.Build(), request);
            for (int entry = log.Groups.StartOf(group); entry < log.EndOf(group); entry++)
            {
                LogEntry row = log.Entries[entry];
                if (row.Multi >= 0)
                {
                    continue;
                }

                (Address from, Address to) = (log.AddressTable[row.Source], log.AddressTable[row.Target]);
                bool moves = from != to && !from.ToString().EndsWith("0000000000000000", StringComparison.Ordinal) && !to.ToString().EndsWith("0000000000000000", StringComparison.Ordinal);
                bool isFake = log.Assets[row.Asset] == RandomCase.Fake;
                bool isDust = !row.Value.IsZero && moves && !isFake && row.Value < RandomCase.Minimum;
                bool isNoted = row.Value.IsZero || (moves && isFake) || isDust;
                foreach (TracedList list in before.Lists)
                {
                    string name = $"{list.Name} {from} {to} {log.PositionOf(group)} {log.Assets[row.Asset]} {row.Value}";
                    if (moves && !isFake && !row.Value.IsZero && list.IsSeed(to) && wallets.Contains(from))
                    {
                        payments.Add(name);
                    }

                    if (isNoted && wallets.Contains(to) && before.Exposures.FirstOrDefault(e => e.List == list.Name && e.Address == from) is Exposure source)
                    {
                        bool isDirect = isDust && source.IsSeed && list.Name == "designated";
                        bool isLeft = source.IsSeed || (source.Label is null && source.DegreeCrossing is null);
                        if (source.IsDust && isLeft)
                        {
                            unclear.Add(name);
                        }
                        else if (isLeft && !isDirect && source.Hops < request.MaxHops)
                        {
                            notes.Add($"{name} {source.Hops + 1}");
                        }
                    }
                }
            }
        }

        foreach (LiveNote note in came.SelectMany(l => l.Notes))
        {
            CheckPath(note, context);
        }

        came.SelectMany(l => l.Notes.Where(n => !unclear.Contains(Name(l, n.Transfer)) && IsPlain(log, n.Transfer)).Select(n => $"{Name(l, n.Transfer)} {n.Hops}")).ShouldBe(notes, ignoreOrder: true, context);
        came.SelectMany(l => l.Payments.Where(p => IsPlain(log, p)).Select(p => Name(l, p))).ShouldBe(payments, ignoreOrder: true, context);
        return notes.Count + payments.Count;
    }

    private static void CheckPath(LiveNote note, string context)
    {
        note.Path.Count.ShouldBe(note.Hops, context);
        for (int i = 1; i < note.Path.Count; i++)
        {
            (PathStep before, PathStep step) = (note.Path[i - 1], note.Path[i]);
            step.From.ShouldBe(before.To, context);
            int order = Comparer<(long, int?)>.Default.Compare((before.Position.Block, before.Position.Index), (step.Position.Block, step.Position.Index));
            (step.Order == PathOrder.Proven ? order < 0 : order <= 0 || before.Position.Block == step.Position.Block).ShouldBeTrue(context);
        }
    }

    private static bool IsPlain(ChainLog log, PathStep step) => Enumerable.Range(0, log.Entries.Length)
        .Any(i => log.Entries[i] is { Multi: < 0 } row && log.AddressTable[row.Source] == step.From && log.AddressTable[row.Target] == step.To && row.Value == step.Value && log.PositionOf(log.GroupOf(i)).Block == step.Position.Block && step.BatchPayees == 0);

    private static string Name(LiveBlock list, PathStep step) => $"{list.List.Name} {step.From} {step.To} {step.Position} {step.Asset} {step.Value}";
}
