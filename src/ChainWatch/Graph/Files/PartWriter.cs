using System.Buffers.Binary;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>Writes one part of a graph file from its first byte to its last, without going back.</summary>
internal sealed class PartWriter(PartKind kind)
{
    private readonly List<(SectionId Id, int Width, long Count, ulong Constant, ByteColumn Bytes)> _sections = [];

    public void Add(SectionId id, NumberColumn column) => _sections.Add((id, column.Width, column.Count, column.Constant, column.Bytes()));

    public void Add(SectionId id, ByteColumn bytes) => _sections.Add((id, 1, bytes.Length, 0, bytes));

    public void Add(SectionId numbers, SectionId wide, AmountColumn column)
    {
        Add(numbers, column.Numbers);
        Add(wide, column.Wide);
    }

    /// <summary>Writes the part.</summary>
    /// <param name="output">Where to; at a multiple of 64 bytes from the file's start.</param>
    /// <param name="sequence">How many parts come before.</param>
    /// <param name="before">The checksum of the trailer before; 0 for the first part.</param>
    /// <returns>The checksum of the trailer.</returns>
    public uint WriteTo(Stream output, long sequence, uint before)
    {
        long directoryLength = (long)_sections.Count * PartLayout.EntryLength;
        int alignment = PartLayout.SectionAlignment(kind);
        long offset = Align(PartLayout.HeaderLength + directoryLength);
        byte[] directory = new byte[offset - PartLayout.HeaderLength];
        for (int i = 0; i < _sections.Count; i++)
        {
            (SectionId id, int width, long count, ulong constant, ByteColumn bytes) = _sections[i];
            Span<byte> entry = directory.AsSpan(i * PartLayout.EntryLength, PartLayout.EntryLength);
            BinaryPrimitives.WriteInt32LittleEndian(entry, (int)id);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], width);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], count);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], constant);
            BinaryPrimitives.WriteInt64LittleEndian(entry[24..], offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], bytes.Length);
            offset = Align(offset + bytes.Length);
        }

        long dataLength = PartLayout.Align(offset);
        long checksumsLength = PartLayout.Align(PartLayout.PagesOf(dataLength) * sizeof(uint));
        long partLength = dataLength + checksumsLength + PartLayout.TrailerLength;
        byte[] header = new byte[PartLayout.HeaderLength];
        PartLayout.HeaderMark.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), _sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), dataLength);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), partLength);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), before);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(PartLayout.ChecksumOffset), PageChecksum.OfRecord(header.AsSpan(0, PartLayout.ChecksumOffset)));

        PageWriter pages = new(output);
        pages.Write(header);
        pages.Write(directory);
        foreach ((_, _, _, _, ByteColumn bytes) in _sections)
        {
            pages.Write(bytes);
            pages.PadTo(alignment);
        }

        pages.PadTo(PartLayout.Alignment);
        byte[] checksums = new byte[checksumsLength];
        pages.Finish(checksums);
        output.Write(checksums);
        byte[] trailer = new byte[PartLayout.TrailerLength];
        PartLayout.TrailerMark.CopyTo(trailer);
        BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(8), partLength);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(16), PageChecksum.OfRecord(checksums));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(20), PageChecksum.OfRecord(header));
        uint checksum = PageChecksum.OfRecord(trailer.AsSpan(0, PartLayout.ChecksumOffset));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(PartLayout.ChecksumOffset), checksum);
        output.Write(trailer);
        return checksum;

        long Align(long place) => (place + alignment - 1) / alignment * alignment;
    }

    // Gives the bytes on, and keeps the checksum of every page.
    private sealed class PageWriter(Stream output)
    {
        private readonly byte[] _page = new byte[PageChecksum.PageLength];
        private readonly List<uint> _checksums = [];
        private int _used;
        private long _written;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            _written += bytes.Length;
            while (bytes.Length > 0)
            {
                int taken = Math.Min(bytes.Length, _page.Length - _used);
                bytes[..taken].CopyTo(_page.AsSpan(_used));
                _used += taken;
                bytes = bytes[taken..];
                if (_used == _page.Length)
                {
                    Flush();
                }
            }
        }

        public void Write(ByteColumn bytes)
        {
            const int most = 1 << 20;
            for (long at = 0; at < bytes.Length; at += most)
            {
                Write(bytes.Slice(at, (int)Math.Min(most, bytes.Length - at)));
            }
        }

        public void PadTo(int alignment) => Write(new byte[(int)((alignment - (_written % alignment)) % alignment)]);

        public void Finish(Span<byte> checksums)
        {
            if (_used > 0)
            {
                Flush();
            }

            for (int i = 0; i < _checksums.Count; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(checksums[(i * sizeof(uint))..], _checksums[i]);
            }
        }

        private void Flush()
        {
            _checksums.Add(PageChecksum.Of(_page.AsSpan(0, _used)));
            output.Write(_page, 0, _used);
            _used = 0;
        }
    }
}
