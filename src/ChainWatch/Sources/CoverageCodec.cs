namespace ChainWatch.Sources;

/// <summary>Writes and reads what a source rests on, as the graph file and the state of a collection keep it.</summary>
internal static class CoverageCodec
{
    private const int CountMax = 1 << 20;

    public static void Write(BinaryWriter writer, SourceCoverage source)
    {
        writer.Write(source.Name);
        writer.Write(source.Kind);
        writer.Write7BitEncodedInt64(source.Rows);
        Write(writer, source.Sha256);
        writer.Write(source.DeclaredComplete);
        writer.Write7BitEncodedInt64(source.DuplicateRows);
        WriteAll(writer, source.Notes, note => writer.Write(note));
        WriteCounts(writer, source.Counts);
        WriteAll(writer, source.Windows, window =>
        {
            writer.Write(window.Chain.Id);
            writer.Write7BitEncodedInt64(window.First);
            writer.Write7BitEncodedInt64(window.Last);
            writer.Write(window.ParentHash);
            writer.Write(window.LastHash);
        });
        WriteGaps(writer, source.Gaps);
        writer.Write(source.Endpoint is not null);
        if (source.Endpoint is EndpointRecord endpoint)
        {
            writer.Write(endpoint.Chain.Id);
            Write(writer, endpoint.ClientVersion);
            writer.Write7BitEncodedInt64(endpoint.AskedAt.UtcTicks);
            writer.Write7BitEncodedInt64(endpoint.HeadHeight);
            writer.Write(endpoint.HeadHash);
            writer.Write7BitEncodedInt64(endpoint.AddressesAsked);
            WriteAll(writer, endpoint.Capabilities, capability => writer.Write(capability));
        }
    }

    public static SourceCoverage Read(BinaryReader reader) => new()
    {
        Name = reader.ReadString(),
        Kind = reader.ReadString(),
        Rows = reader.Read7BitEncodedInt64(),
        Sha256 = ReadText(reader),
        DeclaredComplete = reader.ReadBoolean(),
        DuplicateRows = reader.Read7BitEncodedInt64(),
        Notes = ReadAll(reader, reader.ReadString),
        Counts = ReadCounts(reader),
        Windows = ReadAll(reader, () => new ReadWindow(Chain.Parse(reader.ReadString()), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.ReadString(), reader.ReadString())),
        Gaps = ReadGaps(reader),
        Endpoint = !reader.ReadBoolean() ? null : new EndpointRecord
        {
            Chain = Chain.Parse(reader.ReadString()),
            ClientVersion = ReadText(reader),
            AskedAt = new DateTimeOffset(reader.Read7BitEncodedInt64(), TimeSpan.Zero),
            HeadHeight = reader.Read7BitEncodedInt64(),
            HeadHash = reader.ReadString(),
            AddressesAsked = reader.Read7BitEncodedInt64(),
            Capabilities = ReadAll(reader, reader.ReadString),
        },
    };

    public static void WriteGaps(BinaryWriter writer, IReadOnlyList<CoverageGap> gaps) => WriteAll(writer, gaps, gap =>
    {
        writer.Write7BitEncodedInt((int)gap.Kind);
        writer.Write(gap.Detail);
        writer.Write7BitEncodedInt64(gap.Count);
    });

    public static CoverageGap[] ReadGaps(BinaryReader reader) =>
        ReadAll(reader, () => new CoverageGap((GapKind)reader.Read7BitEncodedInt(), reader.ReadString(), reader.Read7BitEncodedInt64()));

    public static void WriteCounts(BinaryWriter writer, IReadOnlyList<CoverageCount> counts) => WriteAll(writer, counts, count =>
    {
        writer.Write(count.Name);
        writer.Write7BitEncodedInt64(count.Count);
    });

    public static CoverageCount[] ReadCounts(BinaryReader reader) => ReadAll(reader, () => new CoverageCount(reader.ReadString(), reader.Read7BitEncodedInt64()));

    public static void WriteAll<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<T> write)
    {
        writer.Write7BitEncodedInt(items.Count);
        foreach (T item in items)
        {
            write(item);
        }
    }

    public static T[] ReadAll<T>(BinaryReader reader, Func<T> read)
    {
        int count = reader.Read7BitEncodedInt();
        if (count is < 0 or > CountMax)
        {
            throw new FormatException("an impossible count");
        }

        T[] items = new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = read();
        }

        return items;
    }

    public static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    public static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
