using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>Finds out what an endpoint is.</summary>
internal sealed class EsploraProbe(EsploraClient client, BlockBook blocks, EsploraOptions options, TimeProvider clock)
{
    // Bitcoin's custom for a payment that will not be undone.
    private const int Finality = 6;
    // The first block after Bitcoin Cash left; it and its own descendants have the same first block as Bitcoin.
    private const long CashFork = 478_559;
    // Of a history's pages, its count, the head, and of blocks and previous transactions: what an address with few needs.
    private const double RequestsPerAddress = 8;

    public async Task<SourceProfile> FindProfileAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset askedAt = clock.GetUtcNow();
        string genesis = await client.GenesisAsync(cancellationToken).ConfigureAwait(false);
        Chain served = Chain.Parse($"bip122:{genesis[..32]}");
        if (!served.IsBitcoin)
        {
            throw new ChainWatchException($"{client.Rest.Endpoint}: its first block is {genesis}; expected that of Bitcoin, or of one of its test networks");
        }

        bool writesMain = served == Chain.BitcoinRegtest && options.TakenAs is null && await client.TakesAsync(Address.Parse(MainAddress.Sample), cancellationToken).ConfigureAwait(false);
        Chain chain = options.TakenAs ?? (writesMain ? Chain.Bitcoin : served);
        blocks.Forget();
        BlockRef head = await blocks.HeadAsync(cancellationToken).ConfigureAwait(false);
        if (served == Chain.Bitcoin && head.Height >= CashFork
            && await client.HashAtAsync(CashFork, cancellationToken).ConfigureAwait(false) is string fork && Chain.Parse($"bip122:{fork[..32]}") == Chain.Parse("bitcoin-cash"))
        {
            throw new ChainWatchException($"{client.Rest.Endpoint}: serves Bitcoin Cash, or a chain that came of it (block {CashFork} is {fork}); expected Bitcoin");
        }

        return new SourceProfile
        {
            Chain = chain,
            Name = client.Rest.Endpoint.Name,
            Kind = "esplora",
            ClientVersion = "Esplora API",
            AskedAt = askedAt,
            Head = head,
            FinalizedBlock = Math.Max(0, head.Height - Finality),
            FirstBlock = 0,
            Capabilities = ["address", "address/txs/chain", "block/header", "block/txids", "tx"],
            ByAddresses = new SourceWay
            {
                BlocksPerQuery = int.MaxValue,
                AddressesPerQuery = 1,
                RequestsPerUnit = RequestsPerAddress,
                Kinds = ["coin"],
                Notes = [.. Notes(served, chain, genesis)],
            },
            CanReadTransactions = true,
        };
    }

    private IEnumerable<string> Notes(Chain served, Chain chain, string genesis)
    {
        yield return "only confirmed transactions are asked for; that an address's history is whole rests on the endpoint's own count";
        yield return "payments to a bare public key are not in the history of its address there";
        if (!options.VerifyPreviousOutputs)
        {
            yield return "whose outputs are spent is taken on the endpoint's word, other than those of the addresses asked about";
        }

        if (chain != served)
        {
            yield return options.TakenAs is null
                ? $"the endpoint serves {served.Name} (genesis {genesis[..4]}…) and writes its addresses as {chain.Name} does: taken as {chain.Name}"
                : $"the endpoint serves {served.Name} (genesis {genesis[..4]}…), taken as {chain.Name} on the user's word";
        }
    }
}
