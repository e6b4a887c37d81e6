using System.Globalization;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>The requests to a server. An answer that contradicts itself or the question is asked again.</summary>
internal sealed class EsploraClient(RestClient rest)
{
    private const int NotFound = 404;
    private const string Expected = "expected the base URL of an Esplora API, such as https://blockstream.info/api or https://mempool.space/api";

    public RestClient Rest => rest;

    /// <summary>The first block's hash: the first question, whose answer tells whether this is such a server at all.</summary>
    /// <exception cref="RpcException">It is none, or does not answer.</exception>
    public async Task<string> GenesisAsync(CancellationToken cancellationToken)
    {
        string hash = "";
        try
        {
            using RpcAnswer answer = await rest.GetAsync(
                "block-height",
                "/block-height/0",
                body =>
                {
                    string text = Line(body.Span);
                    if (TxId.TryParse(text, out TxId id))
                    {
                        hash = id.ToString();
                        return null;
                    }

                    // A gateway's page about its own trouble, or a cut answer, is asked again; another page is no such server's.
                    bool mayPass = text.All(char.IsAsciiHexDigit) || RpcErrorClassifier.Classify(null, null, text) is RpcErrorKind.Transient or RpcErrorKind.RateLimited;
                    return rest.Failure(mayPass ? RpcErrorKind.BadAnswer : RpcErrorKind.Fatal, "block-height", $"the answer is no block's hash; {Expected}");
                },
                cancellationToken).ConfigureAwait(false);
            return hash;
        }
        catch (RpcException e) when (e.HttpStatus is >= 300 and < 500 && e.Kind is not (RpcErrorKind.RateLimited or RpcErrorKind.Unauthorized))
        {
            throw new RpcException(RpcErrorKind.Fatal, string.Create(CultureInfo.InvariantCulture, $"{rest.Endpoint}: block-height: HTTP {e.HttpStatus}; {Expected}"), inner: e) { HttpStatus = e.HttpStatus };
        }
    }

    /// <summary>The hash of the block at a height; null where there is none.</summary>
    public Task<string?> HashAtAsync(long height, CancellationToken cancellationToken) =>
        FindAsync("block-height", string.Create(CultureInfo.InvariantCulture, $"/block-height/{height}"), body => Hash(body.Span), cancellationToken);

    /// <summary>The newest block's hash.</summary>
    public async Task<string> TipHashAsync(CancellationToken cancellationToken) =>
        await FindAsync("tip", "/blocks/tip/hash", body => Hash(body.Span), cancellationToken).ConfigureAwait(false)
        ?? throw rest.Failure(RpcErrorKind.Fatal, "tip", "there is no newest block");

    /// <summary>A block's height; null where the block is not known.</summary>
    public async Task<long?> HeightOfAsync(string hash, CancellationToken cancellationToken) =>
        (await FindAsync(
            "block",
            $"/block/{hash}",
            body => EsploraDecoder.Block(body.Span) is ToldBlock block && block.Hash == hash
                ? new Boxed<long>(block.Height)
                : throw new BitcoinFormatException($"the answer is another block than {hash}"),
            cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>A block's header, 80 bytes that hash to the block's hash; null where the block is not known.</summary>
    public Task<byte[]?> HeaderAsync(string hash, CancellationToken cancellationToken) => FindAsync(
        "block-header",
        $"/block/{hash}/header",
        body =>
        {
            string text = Line(body.Span);
            byte[] header = text.Length == 2 * BlockHeader.Length && text.All(char.IsAsciiHexDigit)
                ? Convert.FromHexString(text)
                : throw new BitcoinFormatException($"the header of block {hash}: expected 160 hexadecimal digits");
            return new BlockHeader(header).ComputeHashText() == hash ? header : throw new BitcoinFormatException($"the header of block {hash} hashes to {new BlockHeader(header).ComputeHashText()}");
        },
        cancellationToken);

    /// <summary>The ids of a block's transactions in its order, checked by the header's merkle root; null where the block is not known.</summary>
    public Task<List<TxId>?> TxIdsAsync(string hash, byte[] header, CancellationToken cancellationToken) => FindAsync(
        "block-txids",
        $"/block/{hash}/txids",
        body =>
        {
            List<TxId> ids = EsploraDecoder.TxIds(body.Span);
            return MerkleTree.IsRootOf(ids, new BlockHeader(header).MerkleRoot) ? ids : throw new BitcoinFormatException($"the transactions of block {hash} do not have its merkle root");
        },
        cancellationToken);

    /// <summary>A transaction; null where it is not known.</summary>
    public Task<EsploraTransaction?> TransactionAsync(TxId id, CancellationToken cancellationToken) => FindAsync(
        "tx",
        $"/tx/{id}",
        body => EsploraDecoder.Transaction(body.Span) is EsploraTransaction tx && tx.Id == id ? tx : throw new BitcoinFormatException($"the answer is another transaction than {id}"),
        cancellationToken);

    /// <summary>Confirmed transactions of an address, the newest first, from behind the last one seen.</summary>
    public async Task<List<EsploraTransaction>> PageAsync(Address address, TxId? lastSeen, CancellationToken cancellationToken) => await FindAsync(
        "address-txs-chain",
        $"/address/{address.ToCanonicalString()}/txs/chain{(lastSeen is TxId last ? $"/{last}" : "")}",
        body => EsploraDecoder.Transactions(body.Span) is List<EsploraTransaction> page && page.TrueForAll(t => t.Block is not null)
            ? page
            : throw new BitcoinFormatException("a transaction that waits for a block is among those that do not"),
        cancellationToken).ConfigureAwait(false) ?? throw rest.Failure(RpcErrorKind.BadAnswer, "address-txs-chain", "HTTP 404; expected a history, be it empty");

    /// <summary>How many confirmed transactions an address has by the server's count.</summary>
    public async Task<long> CountAsync(Address address, CancellationToken cancellationToken) => (await FindAsync(
        "address",
        $"/address/{address.ToCanonicalString()}",
        body => EsploraDecoder.Summary(body.Span) is (string told, long count) && told == address.ToCanonicalString()
            ? new Boxed<long>(count)
            : throw new BitcoinFormatException("the answer is about another address"),
        cancellationToken).ConfigureAwait(false) ?? throw rest.Failure(RpcErrorKind.BadAnswer, "address", "HTTP 404; expected an address's sums, be they zero")).Value;

    /// <summary>Whether the server takes an address for one of its network.</summary>
    public async Task<bool> TakesAsync(Address address, CancellationToken cancellationToken)
    {
        try
        {
            await CountAsync(address, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RpcException e) when (e.HttpStatus is >= 400 and < 500 && e.Kind != RpcErrorKind.RateLimited)
        {
            return false;
        }
    }

    /// <summary>A text of one line.</summary>
    public static string Line(ReadOnlySpan<byte> body) => System.Text.Encoding.UTF8.GetString(body).Trim();

    private static string Hash(ReadOnlySpan<byte> body) => TxId.TryParse(Line(body), out TxId hash) ? hash.ToString() : throw new BitcoinFormatException("expected a block's hash of 64 hexadecimal digits");

    private async Task<T?> FindAsync<T>(string what, string path, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
        where T : class
    {
        T? value = null;
        try
        {
            using RpcAnswer answer = await rest.GetAsync(
                what,
                path,
                body =>
                {
                    try
                    {
                        value = read(body);
                        return null;
                    }
                    catch (BitcoinFormatException e)
                    {
                        return rest.Failure(RpcErrorKind.BadAnswer, what, e.Message);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            return value;
        }
        catch (RpcException e) when (e.HttpStatus == NotFound)
        {
            return null;
        }
    }

    private sealed record Boxed<T>(T Value);
}
