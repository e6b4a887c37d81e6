using System.Globalization;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>Answers about an address.</summary>
internal sealed class EsploraAddressAnswers(EsploraRequest request, EsploraServerOptions options)
{
    private const int WaitingMax = 50;
    private readonly EsploraChain _chain = request.Chain;
    private readonly EsploraJson _json = new(request.Chain, options.Dialect);
    private readonly string _address = Read(request.Subject, request.Chain.Network);

    /// <summary>The answer.</summary>
    public LoopbackAnswer Answer() => EsploraAnswers.Json(request.Kind switch
    {
        EsploraKind.Address => Summary(),
        EsploraKind.AddressTxs when options.Dialect == EsploraDialect.MempoolSpace => _json.Transactions(AfterAny()),
        EsploraKind.AddressTxs => _json.Transactions(Waiting().Take(WaitingMax).Concat(Confirmed().Take(EsploraAnswers.PageSize))),
        EsploraKind.AddressChain => _json.Transactions(Confirmed().After(request.After).Take(EsploraAnswers.PageSize)),
        EsploraKind.AddressMempool => _json.Transactions(Waiting().Take(WaitingMax)),
        _ => Unspent(),
    });

    private JsonObject Summary() => new()
    {
        ["address"] = request.Subject,
        ["chain_stats"] = EsploraJson.Stats(_address, Confirmed()),
        ["mempool_stats"] = EsploraJson.Stats(_address, Waiting()),
    };

    // mempool/electrs fills one page of 50 from what waits and then from what is confirmed. It knows after_txid among all
    // transactions, and not only the address's: one of another address gives an empty page. So does the address's last one
    // that waits, since its confirmed ones are then searched for it in vain.
    private IEnumerable<EsploraTx> AfterAny()
    {
        if (request.After is string after && _chain.Transaction(after) is null)
        {
            throw new EsploraRefusal(422, "after_txid not found");
        }

        EsploraTx[] waiting = [.. Waiting().After(request.After)];
        return waiting.Concat(Confirmed().After(waiting.Length > 0 ? null : request.After)).Take(WaitingMax);
    }

    private JsonArray Unspent()
    {
        int unspent = 0;
        foreach (EsploraBlock block in _chain.Blocks)
        {
            unspent += block.Transactions.Sum(tx => tx.Funding(_address).Count());
            if (unspent > options.UtxosMax)
            {
                throw EsploraRefusal.Bad(options.Dialect == EsploraDialect.Blockstream
                    ? "Too many history entries"
                    : string.Create(CultureInfo.InvariantCulture, $"Too many unspent transaction outputs (>{options.UtxosMax}). Contact support to raise limits."));
            }

            unspent -= block.Transactions.Sum(tx => tx.Spending(_address).Count());
        }

        return new JsonArray([.. Confirmed().Concat(Waiting()).SelectMany(tx => tx.Outputs.Index()
            .Where(output => output.Item.Address == _address && _chain.SpendOf(tx.TxId, output.Index) is null)
            .Select(output => new JsonObject { ["txid"] = tx.TxId, ["vout"] = output.Index, ["status"] = _json.Status(tx.TxId), ["value"] = output.Item.Value }))]);
    }

    private IEnumerable<EsploraTx> Confirmed() => EsploraHistory.Confirmed(_chain, _address, options.Dialect);

    private IEnumerable<EsploraTx> Waiting() => EsploraHistory.Waiting(_chain, _address);

    // A testnet address is read on a regtest server, in Base58 at least: the two have the same versions.
    private static string Read(string text, Chain network)
    {
        if (Address.TryParse(text, network, out Address address))
        {
            return address.ToCanonicalString();
        }

        Chain[] others = [Chain.Bitcoin, Chain.BitcoinTestnet, Chain.BitcoinRegtest];
        throw EsploraRefusal.Bad(others.Any(other => Address.TryParse(text, other, out _)) ? "Address on invalid network" : "Invalid Bitcoin address");
    }
}
