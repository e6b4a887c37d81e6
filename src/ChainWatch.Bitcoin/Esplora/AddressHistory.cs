using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>
/// The confirmed transactions of an address as the endpoint lists them, page by page to the first that brings nothing new. A
/// short page need not be the last (mempool/electrs leaves out what it cannot complete), and an empty one may come of a
/// transaction that a reorganisation took away: whoever reads compares with the endpoint's count.
/// </summary>
internal sealed class AddressHistory
{
    private readonly Address _address;
    private readonly Dictionary<TxId, EsploraTransaction> _transactions = [];
    private readonly HashSet<OutPoint> _received = [];

    private AddressHistory(Address address) => _address = address;

    public IReadOnlyDictionary<TxId, EsploraTransaction> Transactions => _transactions;

    /// <summary>Why the list ended early, in the endpoint's words; null where it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the limit ended the list.</summary>
    public bool IsCut { get; private set; }

    public static async Task<AddressHistory> ReadAsync(EsploraClient client, Address address, int transactionsMax, CancellationToken cancellationToken)
    {
        AddressHistory history = new(address);
        try
        {
            TxId? last = null;
            bool hasNew = true;
            while (hasNew)
            {
                List<EsploraTransaction> page = await client.PageAsync(address, last, cancellationToken).ConfigureAwait(false);
                int known = history._transactions.Count;
                page.ForEach(history.Add);
                hasNew = history._transactions.Count > known;
                last = page.Count > 0 ? page[^1].Id : null;
                if (hasNew && history._transactions.Count >= transactionsMax)
                {
                    history.IsCut = true;
                    break;
                }
            }
        }
        catch (RpcException e) when (IsRefusal(e))
        {
            history.Refusal = e.Message;
        }

        return history;
    }

    /// <summary>Whether an error says something about what was asked, and not about the endpoint.</summary>
    public static bool IsRefusal(RpcException e) => e.Kind is not (RpcErrorKind.RateLimited or RpcErrorKind.Transient or RpcErrorKind.Unreachable or RpcErrorKind.Unauthorized);

    /// <summary>Whether a transaction spends from the address: an output that the history proves, or one told to be the address's.</summary>
    public bool Spends(EsploraTransaction transaction) =>
        transaction.Spends().Any(_received.Contains) || transaction.Told.Any(t => t is not null && IsOwn(t));

    /// <summary>Whether an output is the address's.</summary>
    public bool IsOwn(PreviousOutput output) => OutputScript.TryGetAddress(_address.Chain, output.Script, out _, out Address owner) && owner == _address;

    private void Add(EsploraTransaction transaction)
    {
        // The later word: a reorganisation may have moved it to another block.
        _transactions[transaction.Id] = transaction;
        int i = 0;
        foreach (OutputView output in transaction.View.Outputs)
        {
            if (OutputScript.TryGetAddress(_address.Chain, output.Script, out _, out Address owner) && owner == _address)
            {
                _received.Add(new OutPoint(transaction.Id, i));
            }

            i++;
        }
    }
}
