using System.Buffers.Binary;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>A finished part of a graph file: where it is, as its header and trailer tell.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where in the file it begins.</param>
/// <param name="Length">How long it is, trailer included.</param>
/// <param name="DataLength">Up to where in it the data go.</param>
/// <param name="Sections">How many sections it has.</param>
/// <param name="TrailerChecksum">The checksum of its trailer, which the next part repeats.</param>
internal sealed record PartFrame(PartKind Kind, long Offset, long Length, long DataLength, int Sections, uint TrailerChecksum)
{
    /// <summary>Finds the part that begins at a place of a file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="sequence">How many parts come before; null: any number.</param>
    /// <param name="before">The checksum of the trailer before; null: any.</param>
    /// <returns>Null where no finished part is there.</returns>
    public static PartFrame? Find(IFileBytes file, long offset, long? sequence, uint? before)
    {
        Span<byte> header = stackalloc byte[PartLayout.HeaderLength];
        Span<byte> trailer = stackalloc byte[PartLayout.TrailerLength];
        if (file.Length - offset < PartLayout.HeaderLength + PartLayout.TrailerLength || !file.TryRead(offset, header))
        {
            return null;
        }

        long dataLength = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        long partLength = BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        if (!header.StartsWith(PartLayout.HeaderMark)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[PartLayout.ChecksumOffset..]) != PageChecksum.OfRecord(header[..PartLayout.ChecksumOffset])
            || (sequence is long expected && BinaryPrimitives.ReadInt64LittleEndian(header[32..]) != expected)
            || (before is uint link && BinaryPrimitives.ReadUInt32LittleEndian(header[40..]) != link)
            || dataLength < PartLayout.HeaderLength || dataLength % PartLayout.Alignment != 0
            || partLength > file.Length - offset
            || partLength != dataLength + PartLayout.Align(PartLayout.PagesOf(dataLength) * sizeof(uint)) + PartLayout.TrailerLength
            || !file.TryRead(offset + partLength - PartLayout.TrailerLength, trailer))
        {
            return null;
        }

        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer[PartLayout.ChecksumOffset..]);
        byte[] checksums = new byte[checked((int)(partLength - dataLength - PartLayout.TrailerLength))];
        PartKind kind = (PartKind)BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        return trailer.StartsWith(PartLayout.TrailerMark)
            && checksum == PageChecksum.OfRecord(trailer[..PartLayout.ChecksumOffset])
            && BinaryPrimitives.ReadInt64LittleEndian(trailer[8..]) == partLength
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[20..]) == PageChecksum.OfRecord(header)
            && file.TryRead(offset + dataLength, checksums)
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[16..]) == PageChecksum.OfRecord(checksums)
            && (kind != PartKind.Commit || IsWhole(file, offset, dataLength, checksums))
            ? new PartFrame(kind, offset, partLength, dataLength, BinaryPrimitives.ReadInt32LittleEndian(header[12..]), checksum)
            : null;
    }

    // A commit is what a writer that loses its power may leave with a hole in it: it counts where all of it is there.
    private static bool IsWhole(IFileBytes file, long offset, long dataLength, ReadOnlySpan<byte> checksums)
    {
        byte[] page = new byte[PageChecksum.PageLength];
        for (long at = 0; at < dataLength; at += page.Length)
        {
            Span<byte> bytes = page.AsSpan(0, (int)Math.Min(page.Length, dataLength - at));
            if (!file.TryRead(offset + at, bytes) || PageChecksum.Of(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(checksums[(int)(at / page.Length * sizeof(uint))..]))
            {
                return false;
            }
        }

        return true;
    }
}
