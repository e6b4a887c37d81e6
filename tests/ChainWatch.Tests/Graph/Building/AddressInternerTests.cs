using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

public class AddressInternerTests
{
    public static TheoryData<string> Chains => ["ethereum", "bitcoin", "bitcoin-testnet", "bitcoin-regtest", "tron"];

    [Theory]
    [MemberData(nameof(Chains))]
    public void Numbers_AreThoseOfADictionary_InOrderOfFirstSight(string name)
    {
        Chain chain = Chain.Parse(name);
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            Address[] addresses = Repeated(chain, seed, random.Next(1, 400), random);
            // Hashes from good to hopeless: 0 collides all, 2^124 leaves few values, for payloads of 20 bytes.
            AddressHash hash = (seed % 3) switch { 0 => default, 1 => AddressHash.OfLastWord(UInt128.One << 124), _ => new AddressHash((UInt128)seed) };
            using AddressInterner interner = new(chain, hash, chunkBits: seed % 5);

            int[] numbers = Number(interner, addresses, random);

            Dictionary<Address, int> twin = [];
            numbers.ShouldBe(addresses.Select(a => twin.TryAdd(a, twin.Count) ? twin.Count - 1 : twin[a]));
            interner.Count.ShouldBe(twin.Count);
            foreach ((Address address, int number) in twin)
            {
                interner[number].ShouldBe(address);
                interner.NumberOf(address).ShouldBe(number);
            }
        }
    }

    [Fact]
    public void Numbers_DoNotDependOnTheKey_WhileTheTableGrowsManyTimes()
    {
        Random random = new(7);
        Address[] addresses = Repeated(Chain.Ethereum, 7, 60_000, random);
        using AddressInterner one = new(Chain.Ethereum);
        using AddressInterner other = new(Chain.Ethereum, UInt128.MaxValue / 3);

        int[] numbers = Number(one, addresses, random);

        Number(other, addresses, random).ShouldBe(numbers);
        Dictionary<Address, int> twin = [];
        numbers.ShouldBe(addresses.Select(a => twin.TryAdd(a, twin.Count) ? twin.Count - 1 : twin[a]));
        one.Bytes.ShouldBeGreaterThan(one.Count * 28L);
    }

    [Fact]
    public void AddressOfAnotherChain_IsRefused()
    {
        using AddressInterner interner = new(Chain.Ethereum);
        Address other = new RandomAddresses(Chain.Bitcoin, 1).Next();

        Should.Throw<ArgumentException>(() => interner.NumberOf(other)).Message.ShouldContain("bitcoin; expected ethereum");
        interner.Count.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => interner[0]);
    }

    [Fact]
    public void Hash_TellsNearbyAddressesApart_AndFollowsTheKey()
    {
        AddressHash hash = new(AddressInterner.DefaultKey);
        AddressHash other = new(AddressInterner.DefaultKey + 1);
        HashSet<ulong> seen = [];
        for (ulong i = 0; i < 20_000; i++)
        {
            seen.Add(hash.Of(0, 0, i << 32)).ShouldBeTrue();
            seen.Add(hash.Of(i + 1, 0, 0)).ShouldBeTrue();
            seen.Add(hash.Of(0, i + 1, 0, 0, 1)).ShouldBeTrue();
            seen.Add(other.Of(0, 0, i << 32)).ShouldBeTrue();
        }

        // All 64 parts of the table, and its upper bits, get their share.
        seen.GroupBy(h => h % 64).ShouldAllBe(g => g.Count() > 1000);
        seen.GroupBy(h => h >> 58).Count().ShouldBe(64);
        default(AddressHash).Of(1, 2, 3).ShouldBe(default(AddressHash).Of(4, 5, 6));
    }

    private static Address[] Repeated(Chain chain, int seed, int count, Random random)
    {
        Address[] distinct = new RandomAddresses(chain, seed).Take(1 + (count / 2));
        return [.. Enumerable.Range(0, count).Select(_ => distinct[random.Next(distinct.Length)])];
    }

    private static int[] Number(AddressInterner interner, Address[] addresses, Random random)
    {
        int[] numbers = new int[addresses.Length];
        for (int from = 0; from < addresses.Length;)
        {
            int count = Math.Min(addresses.Length - from, random.Next(1, 300));
            interner.NumberAll(addresses.AsSpan(from, count), numbers.AsSpan(from));
            from += count;
        }

        return numbers;
    }
}
