using System.Globalization;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;

namespace ChainWatch.Ethereum.Etherscan;

/// <summary>The requests to an explorer, and what its words mean.</summary>
internal sealed class ExplorerClient(RestClient rest)
{
    private readonly string _chain = rest.FindParameter("chainid") is null && rest.Endpoint.IsVersion2 ? "&chainid=1" : "";

    public RestClient Rest => rest;

    /// <summary>True once the explorer was found to be Blockscout's: a node's methods go by POST there.</summary>
    public bool IsBlockscout { get; set; }

    /// <summary>Rows of an account's table, and whether the explorer has not indexed everything yet.</summary>
    public async Task<(List<ExplorerRow> Rows, bool IsUnfinished)> RowsAsync(string action, string parameters, CancellationToken cancellationToken)
    {
        List<ExplorerRow> rows = [];
        bool isUnfinished = false;
        using RpcAnswer answer = await rest.GetAsync(
            action,
            $"?module=account&action={action}{parameters}{_chain}",
            body => Read(action, () =>
            {
                ExplorerAnswer frame = ExplorerDecoder.DecodeFrame(body.Span);
                rows = [];
                isUnfinished = frame.Status == "2";
                bool isEmpty = frame.Message.StartsWith("No ", StringComparison.OrdinalIgnoreCase) && frame.Words is null;
                if (frame.Status is not ("1" or "2") && !isEmpty)
                {
                    return Refusal(action, frame);
                }

                if (frame.Rows is Range range)
                {
                    rows = ExplorerDecoder.DecodeRows(body.Span[range], action);
                }

                return null;
            }),
            cancellationToken).ConfigureAwait(false);
        return (rows, isUnfinished);
    }

    /// <summary>A node's answer through the explorer: the result as it stands.</summary>
    /// <param name="method">The method.</param>
    /// <param name="query">Its parameters in a URL.</param>
    /// <param name="json">Its parameters in JSON.</param>
    /// <param name="read">Reads the result; what it throws as malformed is asked again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task NodeAsync(string method, string query, string json, Action<ReadOnlyMemory<byte>> read, CancellationToken cancellationToken)
    {
        RpcException? Check(ReadOnlyMemory<byte> body) => Read(method, () =>
        {
            ExplorerAnswer frame = ExplorerDecoder.DecodeFrame(body.Span);
            if (frame.Status.Length > 0 || frame.Error is not null || frame.Result is not Range range)
            {
                return Refusal(method, frame);
            }

            read(body[range]);
            return null;
        });

        using RpcAnswer answer = IsBlockscout
            ? await rest.PostAsync(method, "/eth-rpc", System.Text.Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":[{json}]}}"), Check, cancellationToken).ConfigureAwait(false)
            : await rest.GetAsync(method, $"?module=proxy&action={method}{query}{_chain}", Check, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A block; null where the explorer has none.</summary>
    public async Task<Block?> BlockAsync(long height, CancellationToken cancellationToken)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"0x{height:x}");
        Block? block = null;
        await NodeAsync("eth_getBlockByNumber", $"&tag={number}&boolean=false", $"\"{number}\",false", json => block = json.Span.SequenceEqual("null"u8) ? null : BlockDecoder.Decode(json.Span), cancellationToken).ConfigureAwait(false);
        return block;
    }

    /// <summary>The newest block's height.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        long height = 0;
        await NodeAsync("eth_blockNumber", "", "", json => height = ReadQuantity(json.Span), cancellationToken).ConfigureAwait(false);
        return height;
    }

    /// <summary>The chain's id; null where the explorer does not tell.</summary>
    public async Task<ulong?> ChainIdAsync(CancellationToken cancellationToken)
    {
        try
        {
            ulong? id = null;
            await NodeAsync("eth_chainId", "", "", json => id = (ulong)ReadQuantity(json.Span), cancellationToken).ConfigureAwait(false);
            return id;
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Fatal or RpcErrorKind.MethodUnsupported)
        {
            return null;
        }
    }

    private static long ReadQuantity(ReadOnlySpan<byte> json)
    {
        JsonScanner scanner = new(json);
        return Hex.ReadLong(scanner.ReadString(), "result");
    }

    private RpcException Refusal(string what, ExplorerAnswer frame)
    {
        string words = frame.Error ?? (string.IsNullOrEmpty(frame.Words) ? frame.Message : frame.Words);
        RpcErrorKind kind = words.Contains("chainid", StringComparison.OrdinalIgnoreCase) ? RpcErrorKind.Fatal : RpcErrorClassifier.Classify(null, null, words);
        string advice = words.Contains("deprecated V1", StringComparison.OrdinalIgnoreCase) ? "; expected the URL of version 2, such as https://api.etherscan.io/v2/api?chainid=1"
            : kind == RpcErrorKind.Unauthorized ? "; expected a valid key: apikey=… in the URL, or in the variable CHAINWATCH_ETHERSCAN_KEY"
            : kind == RpcErrorKind.RateLimited ? "; expected a key with a higher limit: apikey=… in the URL, or in the variable CHAINWATCH_ETHERSCAN_KEY"
            : "";
        return rest.Failure(kind, what, $"{(words.Length == 0 ? "an answer without status or result" : words)}{advice}");
    }

    private RpcException? Read(string what, Func<RpcException?> read)
    {
        try
        {
            return read();
        }
        catch (EthereumFormatException e)
        {
            return rest.Failure(RpcErrorKind.BadAnswer, what, $"{e.Message}; expected the API of an explorer (the URL of a node goes with --ethereum)");
        }
    }
}
