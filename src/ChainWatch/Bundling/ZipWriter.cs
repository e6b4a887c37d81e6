using System.Security.Cryptography;
using ChainWatch.Text;

namespace ChainWatch.Bundling;

/// <summary>Writes files into a zip of the one form (<see cref="ZipForm"/>), each as it comes: none is held in memory.</summary>
/// <param name="output">The zip, empty; it can seek.</param>
internal sealed class ZipWriter(Stream output)
{
    private readonly List<(byte[] Name, uint Crc, long Length, long Offset)> _entries = [];
    private long _offset;

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <returns>Its SHA-256.</returns>
    public string Add(string name, Action<Stream> write)
    {
        byte[] bytes = EntryName.Write(name);
        output.Position = _offset;
        output.Write(ZipForm.Local(bytes, 0, 0));
        using EntryStream entry = new(output);
        write(entry);
        output.Position = _offset;
        output.Write(ZipForm.Local(bytes, entry.Crc, entry.Count));
        _entries.Add((bytes, entry.Crc, entry.Count, _offset));
        _offset += ZipForm.LocalLength(bytes.Length) + entry.Count;
        return entry.FinishSha256();
    }

    /// <summary>Writes the directory and the end.</summary>
    public void Finish()
    {
        output.Position = _offset;
        long length = 0;
        foreach ((byte[] name, uint crc, long size, long offset) in _entries)
        {
            byte[] record = ZipForm.Central(name, crc, size, offset);
            output.Write(record);
            length += record.Length;
        }

        output.Write(ZipForm.End(_entries.Count, length, _offset));
        output.SetLength(output.Position);
        output.Flush();
    }

    private sealed class EntryStream(Stream inner) : WriteOnlyStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Count { get; private set; }

        public uint Crc { get; private set; }

        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public string FinishSha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            _hash.AppendData(buffer);
            Crc = Crc32.Append(Crc, buffer);
            Count += buffer.Length;
        }

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
