using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>Writes and reads what an endpoint was.</summary>
internal static class ProfileCodec
{
    public static byte[] Write(SourceProfile profile)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(profile.Chain.Id);
            writer.Write(profile.Name);
            writer.Write(profile.Kind);
            CoverageCodec.Write(writer, profile.ClientVersion);
            writer.Write7BitEncodedInt64(profile.AskedAt.UtcTicks);
            Write(writer, profile.Head);
            writer.Write7BitEncodedInt64(profile.FinalizedBlock);
            writer.Write7BitEncodedInt64(profile.FirstBlock);
            CoverageCodec.WriteAll(writer, profile.Capabilities, capability => writer.Write(capability));
            Write(writer, profile.ByBlocks);
            Write(writer, profile.ByAddresses);
            writer.Write(profile.CanReadTransactions);
        }

        return stream.ToArray();
    }

    public static SourceProfile Read(byte[] payload)
    {
        using MemoryStream stream = new(payload, writable: false);
        using BinaryReader reader = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        return new SourceProfile
        {
            Chain = Chain.Parse(reader.ReadString()),
            Name = reader.ReadString(),
            Kind = reader.ReadString(),
            ClientVersion = CoverageCodec.ReadText(reader),
            AskedAt = new DateTimeOffset(reader.Read7BitEncodedInt64(), TimeSpan.Zero),
            Head = ReadBlock(reader),
            FinalizedBlock = reader.Read7BitEncodedInt64(),
            FirstBlock = reader.Read7BitEncodedInt64(),
            Capabilities = CoverageCodec.ReadAll(reader, reader.ReadString),
            ByBlocks = ReadWay(reader),
            ByAddresses = ReadWay(reader),
            CanReadTransactions = reader.ReadBoolean(),
        };
    }

    private static void Write(BinaryWriter writer, BlockRef block)
    {
        writer.Write7BitEncodedInt64(block.Height);
        writer.Write(block.Hash);
        writer.Write(block.ParentHash);
        writer.Write7BitEncodedInt64(block.Time.UtcTicks);
    }

    private static BlockRef ReadBlock(BinaryReader reader) =>
        new(reader.Read7BitEncodedInt64(), reader.ReadString(), reader.ReadString(), new DateTimeOffset(reader.Read7BitEncodedInt64(), TimeSpan.Zero));

    private static void Write(BinaryWriter writer, SourceWay? way)
    {
        writer.Write(way is not null);
        if (way is not null)
        {
            writer.Write(way.BlocksPerQuery);
            writer.Write(way.AddressesPerQuery);
            writer.Write(way.RequestsPerUnit);
            CoverageCodec.WriteAll(writer, way.Kinds, kind => writer.Write(kind));
            CoverageCodec.WriteGaps(writer, way.Gaps);
            CoverageCodec.WriteAll(writer, way.Notes, note => writer.Write(note));
        }
    }

    private static SourceWay? ReadWay(BinaryReader reader) => !reader.ReadBoolean() ? null : new SourceWay
    {
        BlocksPerQuery = reader.ReadInt32(),
        AddressesPerQuery = reader.ReadInt32(),
        RequestsPerUnit = reader.ReadDouble(),
        Kinds = CoverageCodec.ReadAll(reader, reader.ReadString),
        Gaps = CoverageCodec.ReadGaps(reader),
        Notes = CoverageCodec.ReadAll(reader, reader.ReadString),
    };
}
