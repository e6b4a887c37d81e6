using ChainWatch.Graph;
using ChainWatch.Graph.Building;
using ChainWatch.Tests.Graph.Twin;

namespace ChainWatch.Tests.Graph.Building;

public class CanonicalRanksTests
{
    public static TheoryData<string> Chains => ["ethereum", "eip155:56", "bitcoin", "bitcoin-testnet", "bitcoin-signet", "bitcoin-regtest", "tron"];

    [Theory]
    [MemberData(nameof(Chains))]
    public void Ranks_AreThoseOfSortedTexts_AndTheTableFindsThem(string name)
    {
        Chain chain = Chain.Parse(name);
        for (int seed = 0; seed < 25; seed++)
        {
            Random random = new(seed);
            Address[] addresses = new RandomAddresses(chain, seed).Take(random.Next(0, seed % 10 == 0 ? 2000 : 300));
            using AddressInterner interner = new(chain, new AddressHash(1), chunkBits: 4);
            Interner<Address> twin = new();
            foreach (Address address in addresses)
            {
                interner.NumberOf(address).ShouldBe(twin.NumberOf(address));
            }

            (Address[] values, int[] rank) = twin.Sort(address => address.ToCanonicalString());
            CanonicalRanks ranks = interner.Canonical(1 + (seed % 3), CancellationToken.None);
            ranks.RankOf.ShouldBe(rank);
            ranks.NumberAt.Select((number, at) => (rank[number], at)).ShouldAllBe(p => p.Item1 == p.at);

            AddressTable table = AddressTable.From(interner, ranks, 2, CancellationToken.None);
            table.Count.ShouldBe(values.Length);
            for (int i = 0; i < values.Length; i++)
            {
                table[i].ShouldBe(values[i]);
                table.RankOf(values[i]).ShouldBe(i, values[i].ToCanonicalString());
            }

            foreach (Address stranger in new RandomAddresses(chain, seed + 1000).Take(50))
            {
                table.RankOf(stranger).ShouldBe(Array.IndexOf(values, stranger));
            }
        }
    }

    // Sorting many takes several threads and shares, and buckets with one key.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Ranks_OfMany_AreInOrder_OnAnyNumberOfThreads(int threads)
    {
        using AddressInterner interner = new(Chain.Bitcoin);
        Random random = new(3);
        byte[] payload = new byte[20];
        for (int i = 0; i < 40_000; i++)
        {
            random.NextBytes(payload.AsSpan(i % 4 == 0 ? 16 : 0));
            interner.NumberOf(Address.FromPayload(Chain.Bitcoin, i % 2 == 0 ? AddressKind.P2Wpkh : AddressKind.P2Sh, payload));
        }

        int[] expected = [.. Enumerable.Range(0, interner.Count)];
        Array.Sort([.. expected.Select(n => interner[n].ToCanonicalString())], expected, StringComparer.Ordinal);
        interner.Canonical(threads, CancellationToken.None).NumberAt.ShouldBe(expected);
    }

    // Their first words are equal, and those of many the second ones too: what is left decides.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Ranks_OfAddressesThatBeginAlike_AreInOrder(int threads)
    {
        using AddressInterner interner = new(Chain.Ethereum);
        Random random = new(8);
        byte[] payload = new byte[20];
        for (int i = 0; i < 20_000; i++)
        {
            payload.AsSpan().Fill((byte)(i % 5 == 0 ? 0xFF : 0x11));
            random.NextBytes(payload.AsSpan(i % 3 == 0 ? 9 : 17));
            interner.NumberOf(i % 1000 == 0 ? Address.AsListed($"0xffff{i}", Chain.Ethereum) : Address.FromPayload(Chain.Ethereum, AddressKind.Evm, payload));
        }

        int[] expected = [.. Enumerable.Range(0, interner.Count)];
        Array.Sort([.. expected.Select(n => interner[n].ToCanonicalString())], expected, StringComparer.Ordinal);
        interner.Canonical(threads, CancellationToken.None).NumberAt.ShouldBe(expected);
    }

    [Fact]
    public void Ranks_Cancelled_Throw()
    {
        using AddressInterner interner = new(Chain.Ethereum);
        interner.NumberOf(new RandomAddresses(Chain.Ethereum, 1).Next());

        Should.Throw<OperationCanceledException>(() => interner.Canonical(2, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Table_KnowsNoAddressOfAnotherChain()
    {
        using AddressInterner interner = new(Chain.Ethereum);
        Address address = Address.FromPayload(Chain.Ethereum, AddressKind.Evm, new byte[20]);
        interner.NumberOf(address);
        AddressTable table = AddressTable.From(interner, interner.Canonical(1, CancellationToken.None), 1, CancellationToken.None);

        table.RankOf(address).ShouldBe(0);
        table.RankOf(address.OnChain(Chain.Evm(56))).ShouldBe(-1);
        Should.Throw<ArgumentOutOfRangeException>(() => table[1]);
    }
}
