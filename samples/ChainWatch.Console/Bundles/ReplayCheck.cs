using ChainWatch.Bitcoin;
using ChainWatch.Bitcoin.Proofs;
using ChainWatch.Bundling;
using ChainWatch.Collecting;
using ChainWatch.Console.Printing;
using ChainWatch.Ethereum;
using ChainWatch.Graph;
using ChainWatch.Rpc;
using ChainWatch.Rpc.Recording;
using ChainWatch.Sources;

namespace ChainWatch.Console.Bundles;

/// <summary>Fetches a bundle's transfers again from the answers that it holds, through the same adapter, and compares them byte for byte.</summary>
internal static class ReplayCheck
{
    // Nobody is waited for.
    private static readonly RpcOptions Impatient = new()
    {
        RetriesMax = 100,
        DelayBase = TimeSpan.FromMilliseconds(1),
        DelayMax = TimeSpan.FromMilliseconds(1),
        BreakerMinimumThroughput = int.MaxValue,
        AttemptTimeout = TimeSpan.FromDays(1),
    };

    /// <returns>What was found to hold.</returns>
    /// <exception cref="ChainWatchException">The answers give other transfers, or do not suffice.</exception>
    public static async Task<string> RunAsync(EvidenceBundle bundle, BundleAnswer answer, BundleFetch fetch, CancellationToken cancellationToken)
    {
        if (answer.Result.Coverage.Sources is not [{ Endpoint: not null }, ..])
        {
            throw ChainWatchException.At(bundle.Name, 0, "acquisition.json", "tells of an endpoint that was asked, and the transfers come from none");
        }

        if (fetch.NotReplayed != Acquisition.NotReplayedBecause(answer.Result))
        {
            throw ChainWatchException.At(bundle.Name, 0, "acquisition.json", "not_replayed is not what follows from the report: only a fetching that ended at a limit cannot be asked again");
        }

        KeptAnswers kept = new(bundle, answer.More, fetch.Responses);
        string answers = $"{Words.Count(kept.Exchanges.Count, "answer")} of {answer.Result.Coverage.Sources[0].Name}";
        if (fetch.NotReplayed is string reason)
        {
            return $"acquisition: {answers}: the bytes were checked, and the transfers were not taken from them again: {reason}";
        }

        try
        {
            TransferGraph graph = await FetchAsync(answer, fetch, kept, cancellationToken).ConfigureAwait(false);
            using Stream expected = bundle.OpenFile(BundleAnswer.GraphFile);
            using ComparingStream comparing = new(expected, $"{bundle.Name}: {BundleAnswer.GraphFile}", "is not what the answers of the endpoint give when the transfers are taken from them again; expected the same bytes");
            graph.Save(comparing);
            comparing.Finish();
        }
        catch (ChainWatchException e) when (!e.Message.StartsWith(bundle.Name, StringComparison.Ordinal))
        {
            throw new ChainWatchException($"{bundle.Name}: {Acquisition.IndexFile}: the transfers cannot be taken from the answers again: {e.Message}", e);
        }

        return $"acquisition: {answers}: they give the transfers of {BundleAnswer.GraphFile} again, byte for byte";
    }

    private static async Task<TransferGraph> FetchAsync(BundleAnswer answer, BundleFetch fetch, KeptAnswers kept, CancellationToken cancellationToken)
    {
        SourceCoverage coverage = answer.Result.Coverage.Sources[0];
        RpcEndpoint endpoint = RpcEndpoint.Parse(coverage.Name + fetch.Api);
        using ReplayHandler handler = new(endpoint, kept.Exchanges, kept.Read);
        using HttpClient http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using JsonRpcClient node = new(http, endpoint, Impatient);
        using RestClient rest = new(http, endpoint, Impatient);
        Chain? asChain = answer.Question.AsChain;
        StoppedClock clock = new(coverage.Endpoint?.AskedAt ?? fetch.BegunAt);
        IChainSource source = answer.Question.Source switch
        {
            BundleSource.Ethereum => new EthereumTransferSource(node, clock: clock),
            BundleSource.Etherscan => new EtherscanTransferSource(rest, clock: clock),
            BundleSource.Bitcoin => new BitcoinTransferSource(node, new BitcoinSourceOptions { TakenAs = asChain }, clock),
            _ => new EsploraTransferSource(rest, new EsploraOptions { TakenAs = asChain }, clock),
        };
        CollectOptions asked = answer.Question.Collect;
        CollectOptions options = asked with { ReadsAhead = false, Elapsed = null, StateFolder = null, Budget = asked.Budget with { Requests = long.MaxValue } };
        return await new Collector(source, options).CollectAsync(chain => answer.Ask([chain]), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The blocks of a Bitcoin node, from its answers that were kept.</summary>
    public static async Task<T> WithBlocksAsync<T>(ExchangeLog log, string name, Chain? asChain, Func<IRawBlocks, Task<T>> use, CancellationToken cancellationToken)
    {
        RpcEndpoint endpoint = RpcEndpoint.Parse(name);
        using ReplayHandler handler = new(endpoint, [.. Enumerable.Range(0, log.Count).Select(i => log[i])], log.ReadAnswer);
        using HttpClient http = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using JsonRpcClient node = new(http, endpoint, Impatient);
        return await use(await new BitcoinTransferSource(node, new BitcoinSourceOptions { TakenAs = asChain }).OpenBlocksAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
