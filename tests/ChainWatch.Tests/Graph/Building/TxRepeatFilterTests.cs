using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

public class TxRepeatFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(70_000)]
    public void Marks_AddedTwice_MayRepeat_AndFewOthers(int count)
    {
        Random random = new(count);
        ulong[] marks = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
        using TxRepeatFilter filter = TxRepeatFilter.For(count, long.MaxValue).ShouldNotBeNull();
        HashSet<ulong> twice = [];
        for (int i = 0; i < marks.Length; i++)
        {
            if (i % 10 == 9)
            {
                marks[i] = marks[i - 5];
                twice.Add(marks[i]);
            }

            filter.Add(marks[i]);
        }

        twice.ShouldAllBe(mark => filter.MayRepeat(mark));
        marks.Count(mark => filter.MayRepeat(mark) && !twice.Contains(mark)).ShouldBeLessThanOrEqualTo(count / 6);
    }

    [Fact]
    public void Filter_LargerThanTheMemory_IsNone() => TxRepeatFilter.For(1 << 20, 1 << 20).ShouldBeNull();
}
