using ChainWatch.Graph.Storage;

namespace ChainWatch.Tests.Graph.Storage;

public class GroupColumnTests
{
    [Fact]
    public void OfEntry_PositionsOfAnyLength_IsTheOneThatHoldsIt()
    {
        for (int number = 0; number < 150; number++)
        {
            Random random = new(number);
            List<ulong> starts = [];
            List<int> expected = [];
            int longest = random.Next(1, random.Next(2, 100));
            for (int group = random.Next(1, 600); group > 0; group--)
            {
                starts.Add((ulong)expected.Count);
                // Dense at first and sparse later, or all alike.
                expected.AddRange(Enumerable.Repeat(starts.Count - 1, number % 3 == 0 || starts.Count > 100 ? random.Next(1, longest + 1) : 1));
            }

            GroupColumn groups = new(NumberColumn.Of(starts.Count, i => starts[i]), new NumberColumn(0, starts.Count), null!);
            for (int entry = 0; entry < expected.Count; entry += 1 + (entry % 7))
            {
                Assert.Equal(expected[entry], groups.OfEntry(entry));
            }
        }
    }
}
