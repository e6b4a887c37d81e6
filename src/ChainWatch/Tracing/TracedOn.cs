using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing;

/// <summary>
/// Finds from where funds went on, at positions with one plain transfer: the kernels do not note it, since it is asked of few
/// addresses. (At other positions the fixpoint does.)
/// </summary>
internal static class TracedOn
{
    /// <summary>A bit per address that some followed transfer leaves after the address could be left.</summary>
    /// <param name="lane">The lane, with its steps.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="appended">The groups that it has taken.</param>
    public static BitRow Find(DenseLane lane, PassPlan plan, (int First, int End) appended)
    {
        LaneQuestion question = lane.Question;
        BitRow left = new(question.Rules.Log.AddressTable.Length);
        if (appended.End <= appended.First)
        {
            return left;
        }

        bool reversed = question.Reversed;
        const int Never = -2;
        int[] since = new int[left.Length];
        Array.Fill(since, Never);
        foreach ((int head, int entry) in lane.StepHeads())
        {
            if (since[head] == Never && MayPassLater(question, head, entry))
            {
                since[head] = entry;
            }
        }

        foreach (int seed in question.Seeds)
        {
            since[seed] = reversed ? int.MaxValue : -1;
        }

        int end = plan.StartOf(appended.End);
        BitRow followed = question.Rules.Filter.Followed;
        for (int i = followed.Next(plan.StartOf(appended.First), end); i < end; i = followed.Next(i + 1, end))
        {
            int tail = plan.TailOf(i);
            int from = since[tail];
            if (from != Never && (reversed ? from > i : from < i) && plan.IsSingle(i) && !left[tail] && !IsClosed(question, tail, i))
            {
                left[tail] = true;
            }
        }

        return left;
    }

    private static bool MayPassLater(LaneQuestion question, int address, int entry) =>
        !question.Rules.Stops.IsMarked(address) || question.MayPassLater(address, question.Rules.Log.GroupOf(entry));

    private static bool IsClosed(LaneQuestion question, int address, int entry) =>
        !question.Reversed && question.Rules.Stops.IsMarked(address) && Array.IndexOf(question.Seeds, address) < 0
        && question.IsClosedByDegree(address, question.Rules.Log.GroupOf(entry));
}
