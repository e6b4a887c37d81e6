using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Files;

/// <summary>What the parts before rest on, as the part that makes them count.</summary>
internal static class CommitPart
{
    /// <param name="coverage">What the parts that count rest on.</param>
    /// <param name="takenBack">The numbers of appended parts that count no more, from 0.</param>
    public static PartWriter Writer(Coverage coverage, IReadOnlyList<long>? takenBack = null)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            CoverageCodec.WriteAll(writer, coverage.Chains, chain =>
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
            CoverageCodec.WriteGaps(writer, coverage.Gaps);
            CoverageCodec.WriteAll(writer, coverage.Sources, source => CoverageCodec.Write(writer, source));
        }

        PartWriter part = new(PartKind.Commit);
        part.Add(SectionId.Coverage, ByteColumn.Of(stream.ToArray()));
        if (takenBack?.Count > 0)
        {
            part.Add(SectionId.TakenBack, NumberColumn.Of(takenBack.Count, sizeof(long), i => (ulong)takenBack[i]));
        }

        return part;
    }

    /// <summary>The numbers of the parts before it that a commit takes back.</summary>
    public static IEnumerable<long> TakenBack(PartReader part)
    {
        NumberColumn numbers = part.Has(SectionId.TakenBack) ? part.Numbers(SectionId.TakenBack) : default;
        for (int i = 0; i < numbers.Count; i++)
        {
            yield return checked((long)numbers[i]);
        }
    }

    public static Coverage Read(PartReader part, IReadOnlyList<ChainLog> logs)
    {
        using BinaryReader reader = Open(part);
        ChainCoverage[] chains = CoverageCodec.ReadAll(reader, () => ReadChain(reader, logs));
        CoverageGap[] gaps = CoverageCodec.ReadGaps(reader);
        return new Coverage { Chains = chains, Gaps = gaps, Sources = CoverageCodec.ReadAll(reader, () => CoverageCodec.Read(reader)) };
    }

    /// <summary>What a chain rested on at a commit, null where it held nothing of it. Its content cannot be asked for.</summary>
    public static ChainCoverage? ChainOf(PartReader part, Chain chain)
    {
        using BinaryReader reader = Open(part);
        return CoverageCodec.ReadAll(reader, () => ReadChain(reader, null)).FirstOrDefault(c => c.Chain == chain);
    }

    private static BinaryReader Open(PartReader part)
    {
        ByteColumn bytes = part.Bytes(SectionId.Coverage);
        return new BinaryReader(new MemoryStream(bytes.Slice(0, checked((int)bytes.Length)).ToArray()), System.Text.Encoding.UTF8);
    }

    private static ChainCoverage ReadChain(BinaryReader reader, IReadOnlyList<ChainLog>? logs)
    {
        Chain chain = Chain.Parse(reader.ReadString());
        ChainLog? log = logs is null ? null : logs.FirstOrDefault(l => l.Chain == chain) ?? throw new FormatException($"nothing of {chain}");
        return new ChainCoverage(log is null ? () => throw new InvalidOperationException("what was is not at hand") : () => TransferWriter.Sha256(log, 0, log.Groups.Length))
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
    }

    private static void WriteTime(BinaryWriter writer, DateTimeOffset? time) => writer.Write7BitEncodedInt64(time?.UtcTicks ?? -1);

    private static DateTimeOffset? ReadTime(BinaryReader reader) => reader.Read7BitEncodedInt64() is >= 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
