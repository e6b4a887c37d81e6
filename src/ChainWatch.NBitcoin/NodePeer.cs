using System.Globalization;
using System.Net;
using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin;

/// <summary>The peer at the other end of NBitcoin's node.</summary>
internal sealed class NodePeer : IBlockPeer
{
    // BIP 159: what a peer serves that keeps no more.
    private const long LimitedBlocks = 288;
    private readonly Node _node;
    private readonly PeerQuestions _questions;
    private readonly PeerHeaders _headers;

    public NodePeer(Node node, ConcurrentChain headers, TimeSpan answerTimeout)
    {
        Chain = node.Network.ToChain();
        if (headers.Genesis?.HashBlock != node.Network.GenesisHash)
        {
            throw new ChainWatchException($"the headers begin with block {headers.Genesis?.HashBlock.ToString() ?? "(none)"}; expected {node.Network.GenesisHash}, the first of {Chain}");
        }

        if (!headers.Tip.HasHeader)
        {
            throw new ChainWatchException("the headers were stripped; expected them with their 80 bytes");
        }

        if (answerTimeout <= TimeSpan.Zero)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"a time-out of {answerTimeout}; expected more than zero"));
        }

        _node = node;
        Name = NameOf(node.RemoteSocketEndpoint);
        _questions = new PeerQuestions(node, Name, answerTimeout);
        _headers = new PeerHeaders(node.Network, _questions, headers);
    }

    public Chain Chain { get; }

    public string Name { get; }

    public string? ClientVersion => _node.PeerVersion?.UserAgent is string words ? new string([.. words.Take(100).Select(c => char.IsControl(c) ? ' ' : c)]) : null;

    public long BlocksServed => _node.PeerVersion?.Services is NodeServices services && (services & NodeServices.Network) == 0 ? LimitedBlocks : long.MaxValue;

    public long RequestCount => _questions.RequestCount;

    public long BytesReceived => _questions.BytesReceived;

    public async Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        await _questions.GreetAsync(cancellationToken).ConfigureAwait(false);
        return Ref(await _headers.UpdateAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<BlockRef?>> FindBlocksAsync(IReadOnlyList<long> heights, CancellationToken cancellationToken = default)
    {
        ChainedBlock head = await _headers.UpdateAsync(cancellationToken).ConfigureAwait(false);
        return [.. heights.Select(h => h >= 0 && h <= head.Height ? _headers.Find((int)h) is ChainedBlock found ? Ref(found) : null : null)];
    }

    public async Task<byte[]> ReadBlockAsync(string hash, CancellationToken cancellationToken = default)
    {
        uint256 wanted = uint256.Parse(hash);
        object answer = await _questions.AskAsync<object>(
            new GetDataPayload(new InventoryVector(_node.AddSupportedOptions(InventoryType.MSG_BLOCK), wanted)),
            payload => payload switch
            {
                BlockPayload { Object: Block block } when block.GetHash() == wanted => block,
                UnknownPayload { Command: "notfound" } unread when Lacks(unread.Data, wanted) => unread,
                _ => null,
            },
            cancellationToken).ConfigureAwait(false);
        return answer is Block found ? found.ToBytes() : throw _questions.Failure(RpcErrorKind.BlockUnknown, "getdata", $"does not have block {hash}");
    }

    // NBitcoin writes this message and does not read it.
    private static bool Lacks(byte[] inventory, uint256 wanted)
    {
        NotFoundPayload missing = new();
        missing.FromBytes(inventory);
        return missing.Inventory.Exists(i => i.Hash == wanted);
    }

    private static string NameOf(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint { Address.IsIPv4MappedToIPv6: true } ip => $"{new IPEndPoint(ip.Address.MapToIPv4(), ip.Port)}",
        DnsEndPoint dns => string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}"),
        _ => $"{endpoint}",
    };

    private static BlockRef Ref(ChainedBlock block) => new(block.Height, block.HashBlock.ToString(), block.Header.HashPrevBlock.ToString(), block.Header.BlockTime);
}
