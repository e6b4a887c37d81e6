using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Files;

/// <summary>What the parts before rest on, as the part that makes them count.</summary>
internal static class CommitPart
{
    public static PartWriter Writer(TransferGraph graph)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            CoverageCodec.WriteAll(writer, graph.Coverage.Chains, chain =>
            {
                writer.Write(chain.Chain.Id);
                writer.Write7BitEncodedInt64(chain.FirstBlock);
                writer.Write7BitEncodedInt64(chain.LastBlock);
                WriteTime(writer, chain.FirstTime);
                WriteTime(writer, chain.LastTime);
                writer.Write7BitEncodedInt64(chain.Movements);
                writer.Write7BitEncodedInt64(chain.Addresses);
                writer.Write7BitEncodedInt64(chain.BlocksWithoutOrder);
                CoverageCodec.WriteAll(writer, chain.Kinds, kind => writer.Write(kind));
            });
            CoverageCodec.WriteGaps(writer, graph.Coverage.Gaps);
            CoverageCodec.WriteAll(writer, graph.Coverage.Sources, source => CoverageCodec.Write(writer, source));
        }

        PartWriter part = new(PartKind.Commit);
        part.Add(SectionId.Coverage, ByteColumn.Of(stream.ToArray()));
        return part;
    }

    public static Coverage Read(PartReader part, IReadOnlyList<ChainLog> logs)
    {
        ByteColumn bytes = part.Bytes(SectionId.Coverage);
        using BinaryReader reader = new(new MemoryStream(bytes.Slice(0, checked((int)bytes.Length)).ToArray()), System.Text.Encoding.UTF8);
        ChainCoverage[] chains = CoverageCodec.ReadAll(reader, () =>
        {
            Chain chain = Chain.Parse(reader.ReadString());
            ChainLog log = logs.FirstOrDefault(l => l.Chain == chain) ?? throw new FormatException($"nothing of {chain}");
            return new ChainCoverage(() => TransferWriter.Sha256(log, 0, log.Groups.Length))
            {
                Chain = chain,
                FirstBlock = reader.Read7BitEncodedInt64(),
                LastBlock = reader.Read7BitEncodedInt64(),
                FirstTime = ReadTime(reader),
                LastTime = ReadTime(reader),
                Movements = reader.Read7BitEncodedInt64(),
                Addresses = checked((int)reader.Read7BitEncodedInt64()),
                BlocksWithoutOrder = reader.Read7BitEncodedInt64(),
                Kinds = CoverageCodec.ReadAll(reader, reader.ReadString),
            };
        });
        CoverageGap[] gaps = CoverageCodec.ReadGaps(reader);
        return new Coverage { Chains = chains, Gaps = gaps, Sources = CoverageCodec.ReadAll(reader, () => CoverageCodec.Read(reader)) };
    }

    private static void WriteTime(BinaryWriter writer, DateTimeOffset? time) => writer.Write7BitEncodedInt64(time?.UtcTicks ?? -1);

    private static DateTimeOffset? ReadTime(BinaryReader reader) => reader.Read7BitEncodedInt64() is >= 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
