using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

public class GroupListTests
{
    [Fact]
    public void Sort_AnyNumbers_AscendingAndDistinct()
    {
        GroupList groups = new();
        for (int number = 0; number < 300; number++)
        {
            Random random = new(number);
            int range = random.Next(1, int.MaxValue >> random.Next(31));
            int[] noted = [.. Enumerable.Range(0, random.Next(number % 10 == 0 ? 20_000 : 50)).Select(_ => random.Next(range))];
            groups.Clear();
            foreach (int group in noted)
            {
                groups.Add(group);
            }

            groups.Sort().ToArray().ShouldBe([.. noted.Distinct().Order()], $"case {number}");
        }
    }
}
