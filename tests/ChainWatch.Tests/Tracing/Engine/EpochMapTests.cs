using System.Runtime.CompilerServices;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

public class EpochMapTests
{
    [Fact]
    public void AnyFillings_OneAfterAnother_TheSameAsADictionary()
    {
        EpochMap<long> map = new();
        for (int filling = 0; filling < 400; filling++)
        {
            Random random = new(filling);
            Dictionary<int, long> expected = [];
            List<int> order = [];
            // Few and many in turn; close together, far apart, and negative.
            int count = random.Next(filling % 40 == 0 ? 60_000 : 200);
            int range = random.Next(1, 1 << random.Next(1, 31));
            for (int i = 0; i < count; i++)
            {
                int key = random.Next(range) * (random.Next(2) == 0 ? 1 : -1);
                ref long value = ref map.GetOrAdd(key, out bool isNew);
                Check(isNew == expected.TryAdd(key, 0) && (!isNew || value == 0), filling);
                if (isNew)
                {
                    order.Add(key);
                }

                value += i;
                expected[key] += i;
            }

            Check(map.Count == expected.Count && map.Keys.SequenceEqual(order.ToArray()), filling);
            foreach (int key in order)
            {
                Check(map.Find(key) == expected[key], filling);
            }

            for (int i = 0; i < 100; i++)
            {
                int key = random.Next();
                Check(map.Contains(key) == expected.ContainsKey(key), filling);
            }

            map.Clear();
            Check(map.Count == 0 && map.Keys.IsEmpty && order.TrueForAll(key => Unsafe.IsNullRef(ref map.Find(key))), filling);
        }
    }

    [Fact]
    public void FilledAgain_TakesNoMemory()
    {
        EpochMap<int> map = new();
        void Fill()
        {
            for (int i = 0; i < 100_000; i++)
            {
                map.GetOrAdd(i * 7, out _) = i;
            }

            map.Clear();
        }

        Fill();
        Fill();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    // Millions of times: Shouldly only for those that fail.
    private static void Check(bool holds, int filling)
    {
        if (!holds)
        {
            holds.ShouldBeTrue($"filling {filling}");
        }
    }
}
