using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>Writes and reads what is told of a part, without its rows.</summary>
internal static class PartCodec
{
    public static byte[] Write(CollectedPart part)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(part.Key);
            writer.Write7BitEncodedInt64(part.Window.First);
            writer.Write7BitEncodedInt64(part.Window.Last);
            writer.Write7BitEncodedInt64(part.AnchorHeight);
            writer.Write(part.AnchorHash);
            writer.Write(part.ParentHash);
            writer.Write7BitEncodedInt64(part.Rows);
            CoverageCodec.WriteGaps(writer, part.Gaps);
            CoverageCodec.WriteAll(writer, part.Notes, note => writer.Write(note));
            CoverageCodec.WriteCounts(writer, part.Counts);
        }

        return stream.ToArray();
    }

    /// <returns>The part, and how many bytes it took: its rows follow.</returns>
    public static (CollectedPart Part, int Length) Read(byte[] payload)
    {
        using MemoryStream stream = new(payload, writable: false);
        using BinaryReader reader = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        CollectedPart part = new()
        {
            Key = reader.ReadString(),
            Window = new BlockWindow(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64()),
            AnchorHeight = reader.Read7BitEncodedInt64(),
            AnchorHash = reader.ReadString(),
            ParentHash = reader.ReadString(),
            Rows = reader.Read7BitEncodedInt64(),
            Gaps = CoverageCodec.ReadGaps(reader),
            Notes = CoverageCodec.ReadAll(reader, reader.ReadString),
            Counts = CoverageCodec.ReadCounts(reader),
        };
        return (part, (int)stream.Position);
    }
}
