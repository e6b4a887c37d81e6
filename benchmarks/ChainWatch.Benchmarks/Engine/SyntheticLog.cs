using System.Buffers.Binary;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// The log of a generated graph, made of its raw columns: every transfer is a transaction of its own with its index in a block
/// of 200, of the same value, between the addresses that <c>generate</c> writes.
/// </summary>
internal static unsafe class SyntheticLog
{
    private const int BlockLength = 200;
    private const ulong Value = 1_000_000;
    private const uint AddressPrefix = 0xc4a15a7c;
    private const int FlagsOfAKnownTransaction = (int)TxIdentity.Known << 2;

    /// <summary>Makes the graph.</summary>
    public static TransferGraph Make(in TransferColumns transfers, int addresses)
    {
        int count = checked((int)transfers.Count);
        int blocks = (count + BlockLength - 1) / BlockLength;
        Chain chain = Chain.Ethereum;
        NumberColumn none = new(0, 0);
        BlockColumn blockColumn = new(
            NumberColumn.Of(blocks, i => (ulong)i + 1),
            NumberColumn.Of(blocks, i => (ulong)DateTimeOffset.UnixEpoch.AddSeconds(SyntheticGraph.FirstTime + ((long)i * SyntheticGraph.BlockSeconds)).UtcTicks + 1),
            NumberColumn.Of(blocks, i => (ulong)i * BlockLength),
            count);
        ChainLog log = new(chain, new LogColumns
        {
            Addresses = new AddressColumn(
                chain,
                ByteColumn.Of(addresses, AddressColumn.RowLength(chain), WriteAddress),
                new NumberColumn((ulong)AddressKind.Evm, addresses),
                ByteColumn.Empty),
            Contracts = none,
            Assets = [Asset.Native(chain)],
            Txs = new TxColumn(ByteColumn.Empty),
            Entries = new EntryColumn
            {
                Sources = Copy(transfers.Source, count),
                Targets = Copy(transfers.Target, count),
                AssetNumbers = new NumberColumn(0, count),
                Txs = new NumberColumn(0, count),
                TxKeys = new NumberColumn(1, count),
                Flags = new NumberColumn(FlagsOfAKnownTransaction, count),
                Values = new AmountColumn(new NumberColumn(Value, count), ByteColumn.Empty),
            },
            Groups = new GroupColumn(NumberColumn.Of(count, sizeof(int), i => (ulong)i), NumberColumn.Of(count, sizeof(byte), i => (ulong)(i % BlockLength) + 1), blockColumn),
            Blocks = blockColumn,
            Multis = new MultiColumn
            {
                Entries = none,
                InputStarts = new NumberColumn(0, 1),
                InputOwners = none,
                InputValues = new AmountColumn(none, ByteColumn.Empty),
                InputTxs = none,
                InputIndices = none,
                OutputStarts = new NumberColumn(0, 1),
                OutputOwners = none,
                OutputValues = new AmountColumn(none, ByteColumn.Empty),
                OutputTxs = none,
                OutputIndices = none,
            },
            DisorderEntries = none,
            DisorderIndices = none,
        });
        return new TransferGraph([log], new Coverage { Sources = [], Chains = [], Gaps = [] });
    }

    /// <summary>The address of a number.</summary>
    public static Address AddressAt(int number)
    {
        Span<byte> row = stackalloc byte[AddressColumn.RowLength(Chain.Ethereum)];
        row.Clear();
        WriteAddress(number, row);
        return Address.FromPayload(Chain.Ethereum, AddressKind.Evm, row);
    }

    private static void WriteAddress(int number, Span<byte> row)
    {
        BinaryPrimitives.WriteUInt32BigEndian(row, AddressPrefix);
        BinaryPrimitives.WriteInt32BigEndian(row[^sizeof(int)..], number);
    }

    private static NumberColumn Copy(uint* numbers, int count)
    {
        NativeBlock block = new((long)count * sizeof(uint));
        Buffer.MemoryCopy(numbers, block.Pointer, block.Length, block.Length);
        return new NumberColumn(block, 0, sizeof(uint), count);
    }
}
