using System.Net;
using System.Net.Sockets;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>A peer of regtest that serves blocks made here, and can be made to misbehave.</summary>
internal sealed class StandInPeer : IDisposable
{
    private readonly NodeServer _server;

    public StandInPeer(int blocks, NodeServices services = NodeServices.Network | NodeServices.NODE_WITNESS)
    {
        Blocks = Make(blocks);
        Headers = [.. Blocks.Skip(1).Select(b => b.Header)];
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        _server = new NodeServer(Network.RegTest, internalPort: port);
        _server.InboundNodeConnectionParameters.Services = services;
        _server.NodeAdded += (_, node) => node.MessageReceived += Answer;
        _server.Listen();
        Endpoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    public IPEndPoint Endpoint { get; }

    /// <summary>The blocks by their heights, that of regtest's first one included.</summary>
    public Block[] Blocks { get; }

    /// <summary>The headers that it tells, from height 1 on.</summary>
    public BlockHeader[] Headers { get; set; }

    /// <summary>What it answers to a question for a block: the block, unless a test wants something else; null: nothing.</summary>
    public Func<Node, Block, Payload?> OnBlock { get; set; } = (_, block) => new BlockPayload(block);

    public void Dispose() => _server.Dispose();

    private void Answer(Node node, IncomingMessage message)
    {
        switch (message.Message.Payload)
        {
            case GetHeadersPayload question:
                int first = Array.FindLastIndex(Headers, h => question.BlockLocators.Blocks.Contains(h.GetHash())) + 1;
                _ = node.SendMessageAsync(new HeadersPayload([.. Headers[first..].Take(2000)]));
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

    private static Block[] Make(int count)
    {
        List<Block> blocks = [Network.RegTest.GetGenesis()];
        for (int height = 1; height <= count; height++)
        {
            Block block = Network.RegTest.Consensus.ConsensusFactory.CreateBlock();
            Transaction coinbase = Network.RegTest.CreateTransaction();
            coinbase.Inputs.Add(new TxIn(new Script(Op.GetPushOp(height), Op.GetPushOp(0))));
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
