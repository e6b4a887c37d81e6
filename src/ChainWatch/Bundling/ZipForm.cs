using System.Buffers.Binary;

namespace ChainWatch.Bundling;

/// <summary>
/// The one form in which a bundle is a zip file: entries are stored as they are, with no time, no comment and no freedom, so that
/// what stands in a file's records follows from its names, lengths and checksums. Whoever reads makes the records anew and
/// compares.
/// </summary>
/// <remarks>Source: PKWARE APPNOTE.TXT 6.3.10. The date is 1980-01-01, the first that the format knows.</remarks>
internal static class ZipForm
{
    public const int LocalFixed = 30;
    public const int CentralFixed = 46;
    public const int EndLength = 22;
    public const int End64Length = 56 + 20;
    public const uint Max32 = uint.MaxValue;
    public const ushort Max16 = ushort.MaxValue;
    private const ushort Version = 45;
    private const ushort NamesAreUtf8 = 1 << 11;
    private const ushort FirstDay = (1 << 5) | 1;
    private const ushort Zip64 = 1;
    private const int LocalExtra = 20;
    private const uint RegularFile = 0x81A4u << 16; // rw-r--r--
    private const byte Unix = 3;

    /// <summary>How many bytes a file's own record has.</summary>
    public static int LocalLength(int nameLength) => LocalFixed + nameLength + LocalExtra;

    /// <summary>The record before a file's bytes. Its lengths always have 64 bits, since they are known last.</summary>
    public static byte[] Local(ReadOnlySpan<byte> name, uint crc, long length)
    {
        byte[] record = new byte[LocalLength(name.Length)];
        Cursor cursor = new(record);
        cursor.Write32(0x04034b50);
        cursor.Write16(Version);
        cursor.Write16(NamesAreUtf8);
        cursor.Write16(0);
        cursor.Write16(0);
        cursor.Write16(FirstDay);
        cursor.Write32(crc);
        cursor.Write32(Max32);
        cursor.Write32(Max32);
        cursor.Write16((ushort)name.Length);
        cursor.Write16(LocalExtra);
        cursor.Write(name);
        cursor.Write16(Zip64);
        cursor.Write16(LocalExtra - 4);
        cursor.Write64(length);
        cursor.Write64(length);
        return record;
    }

    /// <summary>A file's record in the directory.</summary>
    public static byte[] Central(ReadOnlySpan<byte> name, uint crc, long length, long offset)
    {
        bool isLong = length >= Max32;
        bool isFar = offset >= Max32;
        int wide = (isLong ? 16 : 0) + (isFar ? 8 : 0);
        byte[] record = new byte[CentralFixed + name.Length + (wide > 0 ? 4 + wide : 0)];
        Cursor cursor = new(record);
        cursor.Write32(0x02014b50);
        cursor.Write16((Unix << 8) | Version);
        cursor.Write16(Version);
        cursor.Write16(NamesAreUtf8);
        cursor.Write16(0);
        cursor.Write16(0);
        cursor.Write16(FirstDay);
        cursor.Write32(crc);
        cursor.Write32(isLong ? Max32 : (uint)length);
        cursor.Write32(isLong ? Max32 : (uint)length);
        cursor.Write16((ushort)name.Length);
        cursor.Write16((ushort)(wide > 0 ? 4 + wide : 0));
        cursor.Write16(0);
        cursor.Write16(0);
        cursor.Write16(0);
        cursor.Write32(RegularFile);
        cursor.Write32(isFar ? Max32 : (uint)offset);
        cursor.Write(name);
        if (wide > 0)
        {
            cursor.Write16(Zip64);
            cursor.Write16((ushort)wide);
            if (isLong)
            {
                cursor.Write64(length);
                cursor.Write64(length);
            }

            if (isFar)
            {
                cursor.Write64(offset);
            }
        }

        return record;
    }

    /// <summary>What stands behind the directory.</summary>
    public static byte[] End(long count, long length, long offset)
    {
        bool isWide = IsWide(count, length, offset);
        byte[] record = new byte[(isWide ? End64Length : 0) + EndLength];
        Cursor cursor = new(record);
        if (isWide)
        {
            cursor.Write32(0x06064b50);
            cursor.Write64(56 - 12);
            cursor.Write16((Unix << 8) | Version);
            cursor.Write16(Version);
            cursor.Write32(0);
            cursor.Write32(0);
            cursor.Write64(count);
            cursor.Write64(count);
            cursor.Write64(length);
            cursor.Write64(offset);
            cursor.Write32(0x07064b50);
            cursor.Write32(0);
            cursor.Write64(offset + length);
            cursor.Write32(1);
        }

        cursor.Write32(0x06054b50);
        cursor.Write16(0);
        cursor.Write16(0);
        cursor.Write16((ushort)Math.Min(count, Max16));
        cursor.Write16((ushort)Math.Min(count, Max16));
        cursor.Write32((uint)Math.Min(length, Max32));
        cursor.Write32((uint)Math.Min(offset, Max32));
        cursor.Write16(0);
        return record;
    }

    /// <summary>Whether the end has its numbers in 64 bits, too.</summary>
    public static bool IsWide(long count, long length, long offset) => count >= Max16 || length >= Max32 || offset >= Max32;

    private ref struct Cursor(Span<byte> bytes)
    {
        private Span<byte> _left = bytes;

        public void Write16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_left, value);
            _left = _left[2..];
        }

        public void Write32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_left, value);
            _left = _left[4..];
        }

        public void Write64(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_left, value);
            _left = _left[8..];
        }

        public void Write(ReadOnlySpan<byte> value)
        {
            value.CopyTo(_left);
            _left = _left[value.Length..];
        }
    }
}
