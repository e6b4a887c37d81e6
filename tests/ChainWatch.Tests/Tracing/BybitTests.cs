using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tests.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

/// <summary>The trail of the Bybit theft (samples/data/bybit-2025.csv): who is reached, and who must not be.</summary>
public class BybitTests
{
    private const int Hops = 5;
    private static readonly string File = Path.Combine(TestData.Repository, "samples", "data", "bybit-2025.csv");
    private static readonly Address Exploiter = Address.Parse("0x47666fab8bd0ac7003bce3f5c3585383f09486e2");
    private static readonly TokenList Tokens = ListSet.Embedded.TokenLists[0];

    // docs/method.md names them and tells why none of them was reached.
    private static readonly string[] WronglyAccused =
    [
        "0x5679b4b6AC7968D56972822E4BA9e0e9Aa731021",
        "0x1743B4e13273ab8E86dE51eDAeF12c5EF2026416",
        "0x9D977674985E1aEcd1b5162456E2429CcbcE2bBd",
        "0x535C86eF69Cd7f7c618409928AfF610B7cab7B83",
    ];

    [Fact]
    public async Task LookAlikeOnlyAddresses_AreReachedWithNoRecognisedToken()
    {
        HashSet<Address> lookAlikeOnly = await PaidInLookAlikesAlone();
        lookAlikeOnly.Count.ShouldBe(14);

        HashSet<Address> reached = await Reached(anyToken: false);
        reached.Count.ShouldBe(142);
        lookAlikeOnly.Where(reached.Contains).ShouldBeEmpty();
    }

    [Fact]
    public async Task LookAlikeOnlyAddresses_WithAnyToken_ElevenOfThemAndNobodyElse()
    {
        HashSet<Address> lookAlikeOnly = await PaidInLookAlikesAlone();
        HashSet<Address> more = await Reached(anyToken: true);
        more.ExceptWith(await Reached(anyToken: false));

        more.Count.ShouldBe(11);
        more.IsSubsetOf(lookAlikeOnly).ShouldBeTrue();
    }

    [Fact]
    public async Task SearchThatIgnoresOrder_AccusesFourMore_WhomTheMethodNames()
    {
        (CollectingSink sink, _) = await CollectingSink.ReadAsync(File);
        BruteForce.Hop[] hops = [.. sink.Transfers
            .Where(t => !t.Value.IsZero && Tokens.Recognises(t.Asset))
            .Select((t, i) => new BruteForce.Hop(i, t.From, t.To, new BruteForce.Position(t.Position.Block, 0), null, null, t.Value))];
        HashSet<Address> accused = VisitedSetSearch.IgnoringTime(hops, Exploiter, Hops);
        HashSet<Address> reached = await Reached(anyToken: false);

        reached.IsSubsetOf(accused).ShouldBeTrue();
        accused.Except(reached).ShouldBe(WronglyAccused.Select(Address.Parse), ignoreOrder: true);
        string method = await System.IO.File.ReadAllTextAsync(Path.Combine(TestData.Repository, "docs", "method.md"));
        foreach (Address address in accused.Except(reached))
        {
            method.ShouldContain(address.ToString());
        }
    }

    // Read off the file: payees of tokens on no list whom nobody paid anything that is recognised and more than zero.
    private static async Task<HashSet<Address>> PaidInLookAlikesAlone()
    {
        (CollectingSink sink, _) = await CollectingSink.ReadAsync(File);
        HashSet<Address> paid = [.. sink.Transfers.Where(t => !t.Value.IsZero && !Tokens.Recognises(t.Asset)).Select(t => t.To)];
        paid.ExceptWith(sink.Transfers.Where(t => !t.Value.IsZero && Tokens.Recognises(t.Asset)).Select(t => t.To));
        return paid;
    }

    private static async Task<HashSet<Address>> Reached(bool anyToken)
    {
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([File], declaredComplete: false));
        TraceResult result = Tracer.Trace(graph, new TraceRequest
        {
            From = [AddressList.Of("Bybit theft", Exploiter)],
            MaxHops = Hops,
            Tokens = Tokens,
            AnyToken = anyToken,
        });
        return [.. result.Exposures.Select(e => e.Address)];
    }
}
