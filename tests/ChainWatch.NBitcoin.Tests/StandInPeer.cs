using System.Net;
using System.Net.Sockets;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>A peer, of regtest unless told otherwise, that serves blocks made here, and can be made to misbehave.</summary>
internal sealed class StandInPeer : IDisposable
{
    private readonly NodeServer _server;

    /// <summary>A peer that listens.</summary>
    /// <param name="blocks">How many blocks it has after the first, all of regtest.</param>
    /// <param name="services">What it says it serves.</param>
    /// <param name="branch">Peers of other numbers have other blocks, but for the first.</param>
    /// <param name="network">Its network; another than regtest for a peer that has no block but the first.</param>
    public StandInPeer(int blocks, NodeServices services = NodeServices.Network | NodeServices.NODE_WITNESS, int branch = 0, Network? network = null)
    {
        Network = network ?? Network.RegTest;
        Blocks = Make(Network, blocks, branch);
        Headers = [.. Blocks.Skip(1).Select(b => b.Header)];
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        _server = new NodeServer(Network, internalPort: port);
        _server.InboundNodeConnectionParameters.Services = services;
        _server.NodeAdded += (_, node) => node.MessageReceived += Answer;
        _server.Listen();
        Endpoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    public Network Network { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>The blocks by their heights, the network's first one included.</summary>
    public Block[] Blocks { get; }

    /// <summary>The headers that it tells, from height 1 on.</summary>
    public BlockHeader[] Headers { get; set; }

    /// <summary>From the right answer to a question for headers, the answers that it sends.</summary>
    public Func<BlockHeader[], BlockHeader[][]> OnHeaders { get; set; } = answer => [answer];

    /// <summary>What it answers to a question for a block: the block, unless a test wants something else; null: nothing.</summary>
    public Func<Node, Block, Payload?> OnBlock { get; set; } = (_, block) => new BlockPayload(block);

    public void Dispose() => _server.Dispose();

    private void Answer(Node node, IncomingMessage message)
    {
        switch (message.Message.Payload)
        {
            case GetHeadersPayload question:
                int first = Array.FindLastIndex(Headers, h => question.BlockLocators.Blocks.Contains(h.GetHash())) + 1;
                foreach (BlockHeader[] answer in OnHeaders([.. Headers[first..].Take(2000)]))
                {
                    _ = node.SendMessageAsync(new HeadersPayload(answer));
                }

                break;
            case GetDataPayload question:
                foreach (InventoryVector wanted in question.Inventory)
                {
                    if (OnBlock(node, Blocks.Single(b => b.GetHash() == wanted.Hash)) is Payload answer)
                    {
                        _ = node.SendMessageAsync(answer);
                    }
                }

                break;
        }
    }

    private static Block[] Make(Network network, int count, int branch)
    {
        List<Block> blocks = [network.GetGenesis()];
        for (int height = 1; height <= count; height++)
        {
            Block block = Network.RegTest.Consensus.ConsensusFactory.CreateBlock();
            Transaction coinbase = Network.RegTest.CreateTransaction();
            coinbase.Inputs.Add(new TxIn(new Script(Op.GetPushOp(height), Op.GetPushOp(branch))));
            coinbase.Outputs.Add(Money.Coins(50), BitcoinAddress.Create("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Network.RegTest).ScriptPubKey);
            block.AddTransaction(coinbase);
            block.Header.HashPrevBlock = blocks[^1].GetHash();
            block.Header.BlockTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(10 * height);
            block.Header.Bits = blocks[0].Header.Bits;
            block.UpdateMerkleRoot();
            while (!block.Header.CheckProofOfWork())
            {
                block.Header.Nonce++;
            }

            blocks.Add(block);
        }

        return [.. blocks];
    }
}
