using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Collecting;

/// <summary>What a collection fetches answers as everything does: for small random chains, by blocks and by addresses.</summary>
public class CollectorPropertyTests
{
    private static readonly int Cases = CaseCount.CollectedChains;

    [Fact]
    public async Task ByBlocks_AnswersAsEverythingDoes()
    {
        for (int number = 0; number < Cases / 3; number++)
        {
            RandomChain chain = new(number);
            TransferGraph graph = await new Collector(chain.Source, new CollectOptions { Way = CollectWay.Blocks }).CollectAsync(Bounded(chain.Request));

            Csv(Tracer.Trace(graph, chain.Request)).ShouldBe(Csv(Tracer.Trace(chain.Graph(), chain.Request)), $"case {number}");
            graph.Chains.Single().MovementCount.ShouldBe(chain.Transfers.Count, $"case {number}");
            graph.Coverage.Gaps.ShouldBeEmpty($"case {number}");
        }
    }

    [Fact]
    public async Task ByAddresses_AnswersAsEverythingDoes()
    {
        int exposed = 0;
        int none = 0;
        int incomplete = 0;
        int less = 0;
        for (int number = 0; number < Cases; number++)
        {
            RandomChain chain = new(number);
            TransferGraph graph = await new Collector(chain.Source, new CollectOptions { Way = CollectWay.Addresses }).CollectAsync(Bounded(chain.Request));
            TraceResult collected = Tracer.Trace(graph, chain.Request);
            TraceResult all = Tracer.Trace(chain.Graph(), chain.Request);

            Rows(collected).ShouldBe(Rows(all), $"case {number}");
            less += graph.Chains.Single().MovementCount < chain.Transfers.Count ? 1 : 0;
            foreach ((Finding found, Finding expected) in collected.Findings.Zip(all.Findings))
            {
                string which = $"case {number}, {found.Wallet}, {found.List}, {found.Direction}";
                (found.Wallet, found.List, found.Direction).ShouldBe((expected.Wallet, expected.List, expected.Direction), which);
                (found.Verdict == Verdict.Exposed).ShouldBe(expected.Verdict == Verdict.Exposed, which);
                if (expected.Verdict == Verdict.Incomplete)
                {
                    // A lead may be hidden; that something is missing may not.
                    found.Verdict.ShouldBe(Verdict.Incomplete, which);
                }

                exposed += found.Verdict == Verdict.Exposed ? 1 : 0;
                none += found.Verdict == Verdict.NoneFound ? 1 : 0;
                incomplete += found.Verdict == Verdict.Incomplete ? 1 : 0;
                if (found.Exposure is { IsSeed: false } exposure)
                {
                    exposure.Path.Select(Facts).ShouldBe(expected.Exposure!.Path.Select(Facts), which);
                    exposure.PoisonUpperBound.ShouldBe(expected.Exposure.PoisonUpperBound, which);
                }

                if (found.Lead is not null && expected.Lead is not null)
                {
                    found.Lead.Hops.ShouldBeGreaterThanOrEqualTo(expected.Lead.Hops, which);
                }
            }
        }

        exposed.ShouldBeGreaterThan(Cases / 6);
        none.ShouldBeGreaterThan(Cases / 6);
        incomplete.ShouldBeGreaterThan(Cases / 30);
        less.ShouldBeGreaterThan(Cases / 6, "not everything is fetched");
    }

    // The chain begins at 100: asked from there on, nothing is missing.
    internal static TraceRequest Bounded(TraceRequest request) => request with { Window = new TraceWindow(FirstBlock: RandomChain.FirstBlock) };

    private static string Csv(TraceResult result)
    {
        using StringWriter writer = new();
        Report.WriteCsv(result, writer);
        return writer.ToString();
    }

    // Whether a seed occurs in the data, and whether a wallet paid on, depends on what was not asked for, too.
    private static string Rows(TraceResult result) => string.Join('\n', Csv(result with { Exposures = [.. result.Exposures.Where(e => !e.IsSeed)] })
        .Split('\n').Select(row => result.Request.To.Count == 0 ? row : row[..Math.Max(0, row.LastIndexOf(','))]));

    private static string Facts(PathStep step) => $"{step.Position} {step.From} {step.To} {step.Asset} {step.Value} {step.Order} {step.IsConversion} {step.IsInternal}";
}
