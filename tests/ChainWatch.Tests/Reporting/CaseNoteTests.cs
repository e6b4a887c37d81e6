using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

public class CaseNoteTests
{
    private const string Three = "`0x3333333333333333333333333333333333333333`";

    [Fact]
    public void WriteMarkdown_WatchedWallet_QuestionAndAnswer() =>
        new ReportCase { To = [ReportCase.Wallet(3)] }.Markdown().ShouldStartWith($"""
            # Exposure to dprk-attributed, ofac-sdn

            **Question.** Did funds from **dprk-attributed** or **ofac-sdn** reach {Three} within 4 hops? Asked on 2026-08-26. Seeds: entries in force on each list's own date.

            ## Answer

            | Wallet | List | Direction | Answer |
            |---|---|---|---|
            | {Three} | dprk-attributed | received | **Exposed: at most 2 hops** |
            | {Three} | ofac-sdn | received | **Exposed: at most 2 hops** |

            The wallet {Three} itself: no exact match in \[ofac-sdn 2026-08-20, dprk-attributed 2026-08-20\]; lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed.

            ## Evidence

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void WriteMarkdown_DesignatedSeed_WitnessPathStepByStep() =>
        new ReportCase { To = [ReportCase.Wallet(3)] }.Markdown().ShouldContain($"""
            ### {Three}: received from ofac-sdn, at most 2 hops

            From `0x1111111111111111111111111111111111111111`. **Designated** by OFAC: LAZARUS GROUP (programs DPRK3), the address on the list from 2022-04-14. Source: OFAC SDN list, 2026-08-20, <https://sanctionslist.ofac.treas.gov/> (read in a transcription; the issuer's own text was not seen). The address was on the list when the money moved.

            1. 2025-02-21T14:29:47Z, block 100, position 0, tx `0x{ReportCase.Tx(1000)}`: `0x1111111111111111111111111111111111111111` → `0x2222222222222222222222222222222222222222`, **401,346.77 ETH** (supplied)
            2. 2025-02-21T14:31:11Z, block 101, position 3, tx `0x{ReportCase.Tx(1013)}`: `0x2222222222222222222222222222222222222222` → {Three} (exchange: Big | Exchange, labelled by labels of 2026), **5 ETH** (supplied)

            - 2 transactions, 1 address in between. Order: proven, every transfer stands at a later position than the one before.
            - Smallest transfer of the path: 5 ETH.
            - Poison upper bound: 5 ETH, the sum of 1 transfer over which funds came in within the hops asked for, each counted in full; the list's share can only be smaller.
            - The trace stops here: service:exchange (exchange: Big | Exchange, labelled by labels of 2026).

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void WriteMarkdown_AttributedSeed_IsNeverCalledDesignated()
    {
        string note = new ReportCase { To = [ReportCase.Wallet(3)] }.Markdown();

        int start = note.IndexOf("received from dprk-attributed", StringComparison.Ordinal);
        string part = note[start..note.IndexOf("received from ofac-sdn", StringComparison.Ordinal)];
        part.ShouldContain("**Attributed** to TraderTraitor (Bybit 2025-02-21) by FBI; an attribution is no sanctions designation.");
        part.ShouldContain("(the issuer's own text was read)");
        part.ShouldContain("**1.000000000000000001 ETH**");
        part.ShouldNotContain("Designated");
        part.ShouldNotContain("on the list when the money moved");
    }

    [Fact]
    public void WriteMarkdown_CompleteCoverage_DoesNotSayAtMost()
    {
        string note = new ReportCase { To = [ReportCase.Wallet(3)], Complete = true }.Markdown();

        note.ShouldContain("**Exposed: 2 hops**");
        note.ShouldNotContain("at most 2 hops");
        note.ShouldContain("Complete, as far as the sources can tell");
    }

    [Fact]
    public void WriteMarkdown_OnlyThroughMixer_LeadWithAmounts()
    {
        string note = new ReportCase { To = [ReportCase.Wallet(5)], Complete = true }.Markdown();

        note.ShouldContain("**Incomplete: a lead through opaque stops**");
        note.ShouldContain("A way of 3 hops exists only if opaque stops are traced through like any address. It is a lead and no path");
        note.ShouldContain("| `0x4444444444444444444444444444444444444444` (mixer: Mixer, labelled by labels of 2026) | 2 ETH | 1.5 ETH |");
        note.ShouldContain("There is no path to show.");
    }

    [Fact]
    public void WriteMarkdown_WatchedSeed_SaysThatItIsOnTheList()
    {
        string note = new ReportCase { To = [ReportCase.Wallet(1)] }.Markdown();

        note.ShouldContain("**Exposed: on the list itself**");
        note.ShouldContain("### `0x1111111111111111111111111111111111111111`: on the list ofac-sdn itself\n\n**Designated** by OFAC: LAZARUS GROUP");
    }

    [Fact]
    public void WriteMarkdown_NoWatchedWallet_RingsStopsAndTables()
    {
        string note = new ReportCase().Markdown();

        note.ShouldContain("Which addresses did funds from **dprk-attributed** or **ofac-sdn** reach within 4 hops?");
        note.ShouldContain("**ofac-sdn**, received: 4 addresses within 4 hops, besides 1 seed that the data hold (1 seed on the list). Hops are upper bounds (\"at most\")");
        note.ShouldContain("| 1 | 2 | no-onward-transfer 1 | `0x2222222222222222222222222222222222222222` 401,346.77 ETH |");
        note.ShouldContain("| 2 | 2 | opaque:mixer 1, service:exchange 1 | ");
        note.ShouldContain($"| {Three} | ofac-sdn | received | at most 2 hops | exchange: Big \\| Exchange, labelled by labels of 2026 | 5 ETH |");
        note.ShouldContain("ofac-sdn, received: 1 further address lies within the hops asked for only if opaque stops are traced through.");
        note.ShouldContain("**1,000,000.5 USDT**");
        note.ShouldContain("| ETH | moves nothing | 1 |");
        note.ShouldContain("| 0x8888…8888 (unrecognised token) | token not on the token list | 1 |");
        note.ShouldContain("- case.csv: nobody has said that it is complete (not-declared-complete)");
        note.ShouldContain($"| ofac-sdn | seeds | 2026-08-20.1 | 2026-08-20 | 1 | `{new string('b', 64)}` | OFAC |");
        note.ShouldMatch(@"\n\nWritten by chainwatch 0\.1\.0; engine: one-pass \\?\((AVX-512|AVX2|portable)\\?\)\.\n\z");
    }

    [Fact]
    public void WriteMarkdown_MorePathsThanAskedFor_CountsTheRest()
    {
        string note = new ReportCase().Markdown(pathsMax: 1);

        note.ShouldContain("ofac-sdn, received: 1 of 4 paths are shown, those to labelled services first, then some of every ring; the other 3 stand in the JSON report, their ends in the CSV.");
        note.ShouldContain($"### {Three}: received from ofac-sdn");
        note.ShouldNotContain("### `0x2222222222222222222222222222222222222222`");
    }

    [Fact]
    public void WriteMarkdown_SharedInputs_AreAFindingOfTheirOwn()
    {
        TransferGraphBuilder builder = new();
        builder.Add(new Movement
        {
            Position = new ChainPosition(Chain.Ethereum, 7, 0),
            Asset = Asset.Native(Chain.Ethereum),
            Tx = ReportCase.Tx(70),
            Inputs = [new MovementInput(ReportCase.Wallet(1), Amount.From(3)), new MovementInput(ReportCase.Wallet(2), Amount.From(4))],
            Outputs = [new MovementOutput(ReportCase.Wallet(3), Amount.From(7))],
        });
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("case 42", ReportCase.Wallet(1))], MaxHops = 2 });
        using StringWriter note = new();

        Report.WriteMarkdown(result, note);

        note.ToString().ShouldContain($"| `0x2222222222222222222222222222222222222222` | `0x1111111111111111111111111111111111111111` | case 42 | 7 | `0x{ReportCase.Tx(70)}` |");
        note.ToString().ShouldContain("That is a heuristic, which CoinJoins break, and no hop.");
        note.ToString().ShouldContain("**Given by the user** as a starting point");
        note.ToString().ShouldNotContain("0001");
    }

    [Fact]
    public void WriteMarkdown_AnotherPathArrivedEarlier_SaysSo()
    {
        Asset ether = Asset.Native(Chain.Ethereum);
        TransferGraphBuilder builder = new();
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 2, null), ReportCase.Wallet(1), ReportCase.Wallet(2), ether, Amount.From(5), ReportCase.Tx(1)));
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 2, null), ReportCase.Wallet(2), ReportCase.Wallet(3), ether, Amount.From(5), ReportCase.Tx(2)));
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 9, 0), ReportCase.Wallet(2), ReportCase.Wallet(3), ether, Amount.From(7), ReportCase.Tx(3)));
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("seeds", ReportCase.Wallet(1))], To = [ReportCase.Wallet(3)], MaxHops = 2 });
        using StringWriter note = new();

        Report.WriteMarkdown(result, note);

        note.ToString().ShouldContain($"2. block 9, position 0, tx `0x{ReportCase.Tx(3)}`");
        note.ToString().ShouldContain("- Earliest arrival among all paths of that number of hops, whatever their order: block 2.\n");
    }

    [Fact]
    public void WriteMarkdown_SeedGivenByTheUserStandsOnAList_SaysWhatTheListSays()
    {
        TraceRequest request = new ReportCase().Request();
        TransferGraphBuilder builder = new();
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), ReportCase.Wallet(6), ReportCase.Wallet(1), Asset.Native(Chain.Ethereum), Amount.From(5)));
        TraceResult result = Tracer.Trace(builder.Build(), request with { From = [AddressList.Of("case 42", ReportCase.Wallet(6))] });
        using StringWriter note = new();

        Report.WriteMarkdown(result, note);

        note.ToString().ShouldContain("(the issuer's own text was read). 1 address (1 at hop 0): `0x6666666666666666666666666666666666666666`.");
        note.ToString().ShouldContain("- ofac-sdn: **Designated** by OFAC: LAZARUS GROUP (programs DPRK3)");
        note.ToString().ShouldContain(" 1 address (1 at hop 1): `0x1111111111111111111111111111111111111111`.");
    }

    [Fact]
    public void WriteMarkdown_HostileNames_StayText()
    {
        TransferGraphBuilder builder = new();
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), ReportCase.Wallet(1), ReportCase.Wallet(2), Asset.Native(Chain.Ethereum), Amount.From(5)));
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("a\n# b <script> [x](y) | z", ReportCase.Wallet(1))], MaxHops = 1 });
        using StringWriter note = new();

        Report.WriteMarkdown(result, note);

        note.ToString().ShouldNotContain("<script>");
        note.ToString().ShouldNotContain("\n# b");
        note.ToString().ShouldContain("\\[x\\](y)");
        note.ToString().ShouldContain("\\| z");
    }

    [Theory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    [InlineData(Direction.Both)]
    public void WriteMarkdown_AnyCase_NeverSaysABannedWord(Direction direction)
    {
        foreach (bool complete in new[] { true, false })
        {
            BannedWords.ShouldNotOccurIn(new ReportCase { Direction = direction, Complete = complete }.Markdown());
            BannedWords.ShouldNotOccurIn(new ReportCase { Direction = direction, Complete = complete, To = [.. Enumerable.Range(1, 8).Select(ReportCase.Wallet)] }.Markdown());
        }
    }

    [Fact]
    public void WriteMarkdown_ShuffledRows_SameBytes() =>
        new ReportCase { Shuffled = true, Direction = Direction.Both }.Markdown().ShouldBe(new ReportCase { Direction = Direction.Both }.Markdown());
}
