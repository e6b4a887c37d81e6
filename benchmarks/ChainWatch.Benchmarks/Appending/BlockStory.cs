using System.Buffers.Binary;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Benchmarks.Appending;

/// <summary>
/// Blocks of Ethereum, each told by its height alone: two transfers a transaction, most between known addresses, one in six to
/// a new one, half of them of tokens; sums as people send them, many above 2^63 wei.
/// </summary>
public sealed class BlockStory(int transfers)
{
    private const int Known = 200_000;
    private const int Tokens = 50;
    private static readonly Asset _ether = Asset.Native(Chain.Ethereum);

    /// <summary>Sends the transfers of a block.</summary>
    public void Send(ITransferSink sink, long block)
    {
        SplitMix random = new((ulong)block);
        TxId tx = default;
        for (int i = 0; i < transfers; i++)
        {
            tx = i % 2 == 0 ? TxAt(random) : tx;
            Address from = At(random.Below(Known));
            Address to = At(random.Below(6) == 0 ? random.Next() : random.Below(Known));
            Asset asset = random.Below(2) == 0 ? _ether : Asset.Token(At(random.Below(Tokens)));
            Amount value = Amount.From((UInt128)(1 + random.Below(100_000)) * 1_000_000_000_000_000);
            sink.Add(new Transfer(new ChainPosition(Chain.Ethereum, block, i / 2), from, to, asset, value, tx, DateTimeOffset.UnixEpoch.AddSeconds(12 * block)));
        }
    }

    /// <summary>A graph of the blocks below one.</summary>
    public TransferGraph Graph(long below)
    {
        TransferGraphBuilder builder = new();
        for (long block = 0; block < below; block++)
        {
            Send(builder, block);
        }

        return builder.Build();
    }

    /// <summary>One source, read block by block.</summary>
    public static SourceCoverage Source(long block) => new()
    {
        Name = "story",
        Kind = "test",
        Rows = 1,
        Windows = [new ReadWindow(Chain.Ethereum, block, block, $"block {block - 1}", $"block {block}")],
    };

    /// <summary>An address by its number; those below 200,000 are the known ones.</summary>
    public static Address At(ulong number)
    {
        Span<byte> payload = stackalloc byte[20];
        BinaryPrimitives.WriteUInt64BigEndian(payload, number * 0x9E3779B97F4A7C15);
        BinaryPrimitives.WriteUInt64BigEndian(payload[8..], number);
        return Address.FromPayload(Chain.Ethereum, AddressKind.Evm, payload);
    }

    private static TxId TxAt(SplitMix random)
    {
        Span<byte> bytes = stackalloc byte[32];
        for (int i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[i..], random.Next());
        }

        return TxId.FromBytes(bytes);
    }
}
