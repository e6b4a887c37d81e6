using System.Buffers;
using System.Security.Cryptography;
using ChainWatch.Text;

namespace ChainWatch.Bundling;

/// <summary>
/// One zip file with an answer and everything that it rests on, to be checked offline by anybody. The same files give the same
/// bytes: entries are stored uncompressed, in the order of their names, without times, and <c>manifest.sha256</c> stands last. The
/// form is in docs/formats.md.
/// </summary>
/// <remarks>
/// Whoever can write the whole bundle anew can make its checksums anew. What cannot be made anew is <see cref="Identity"/>, once
/// it was signed, time-stamped or handed over elsewhere.
/// </remarks>
public sealed class EvidenceBundle : IDisposable
{
    private const int BufferLength = 1 << 20;
    private const long ManifestBytesMax = 1L << 29;
    private readonly Stream _zip;
    private readonly Dictionary<string, ZipEntry> _entries;

    private EvidenceBundle(Stream zip, string name, IReadOnlyList<ZipEntry> entries, string identity) =>
        (_zip, Name, _entries, Names, Identity) = (zip, name, entries.ToDictionary(e => e.Name, StringComparer.Ordinal), [.. entries.SkipLast(1).Select(e => e.Name)], identity);

    /// <summary>The bundle as errors name it.</summary>
    public string Name { get; }

    /// <summary>Its files, without <c>manifest.sha256</c>, in the order of their names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The SHA-256 of <c>manifest.sha256</c>, which names every other file's: it stands for the whole bundle.</summary>
    public string Identity { get; }

    /// <summary>Writes a bundle of files.</summary>
    /// <param name="output">The zip, empty; it can seek, and stays open.</param>
    /// <param name="files">The files, in any order.</param>
    /// <param name="cancellationToken">Ends the writing between two files.</param>
    /// <returns>The bundle's <see cref="Identity"/>.</returns>
    /// <exception cref="ChainWatchException">A name cannot be one in a bundle, or is given twice.</exception>
    public static string Write(Stream output, IEnumerable<BundleFile> files, CancellationToken cancellationToken = default)
    {
        ZipWriter zip = new(output);
        List<(string Name, string Sha256)> checksums = [];
        HashSet<string> names = new([ChecksumList.FileName], StringComparer.OrdinalIgnoreCase);
        foreach (BundleFile file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!names.Add(file.Name))
            {
                throw new ChainWatchException($"two files of the bundle would be named '{file.Name}'; expected different names, also without regard to case");
            }

            checksums.Add((file.Name, zip.Add(file.Name, file.Write)));
        }

        string identity = zip.Add(ChecksumList.FileName, entry => entry.Write(ChecksumList.Write(checksums)));
        zip.Finish();
        return identity;
    }

    /// <summary>
    /// Opens a bundle and reads every byte of it: its records must be exactly as they are written, and every file must have the
    /// SHA-256 that its manifest names.
    /// </summary>
    /// <exception cref="ChainWatchException">The first thing that is not as it was written: the bundle, the file in it, what was expected.</exception>
    public static EvidenceBundle Open(string path, CancellationToken cancellationToken = default)
    {
        FileStream zip;
        try
        {
            zip = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: {(Directory.Exists(path) ? "is a folder; expected a bundle" : File.Exists(path) ? "cannot be read" : "there is no such file")}", e);
        }

        try
        {
            return Open(zip, path, cancellationToken);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open(string, CancellationToken)"/>, from a stream that can seek, which it owns.</summary>
    public static EvidenceBundle Open(Stream zip, string name, CancellationToken cancellationToken = default)
    {
        try
        {
            IReadOnlyList<ZipEntry> entries = new ZipDirectory(zip, name).Read();
            return new EvidenceBundle(zip, name, entries, Check(zip, name, entries, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{name}: cannot be read to its end", e);
        }
    }

    /// <summary>Whether it has a file of that name.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>A file's bytes. Not to be read while another file of the bundle is.</summary>
    /// <exception cref="ChainWatchException">There is no such file.</exception>
    public Stream OpenFile(string name) => new StretchStream(_zip, Find(name).Offset, Find(name).Length);

    /// <summary>A small file whole.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lengthMax">The most bytes that it may have.</param>
    /// <exception cref="ChainWatchException">There is no such file, or it is longer.</exception>
    public byte[] ReadFile(string name, int lengthMax = 64 << 20)
    {
        ZipEntry entry = Find(name);
        if (entry.Length > lengthMax)
        {
            throw ChainWatchException.At(Name, 0, name, $"has {entry.Length} bytes; expected at most {lengthMax}");
        }

        return ReadBytes(_zip, entry);
    }

    /// <summary>Writes its files to a folder, below which their names lead. No name leads out of it.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <param name="which">Which files; null: all.</param>
    /// <param name="cancellationToken">Ends the writing between two files.</param>
    /// <exception cref="ChainWatchException">A file cannot be written.</exception>
    public void ExtractTo(string folder, Func<string, bool>? which = null, CancellationToken cancellationToken = default)
    {
        foreach (string name in Names.Where(n => which?.Invoke(n) ?? true))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = Path.Combine([folder, .. name.Split('/')]);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using FileStream output = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
                using Stream input = OpenFile(name);
                input.CopyTo(output);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ChainWatchException($"{path}: cannot be written: the disk is full, or the folder may not be written to", e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private ZipEntry Find(string name) => _entries.TryGetValue(name, out ZipEntry entry) ? entry : throw ChainWatchException.At(Name, 0, name, "is not in the bundle");

    // The manifest first: what it says of the others counts only where it is itself as it was written.
    private static string Check(Stream zip, string name, IReadOnlyList<ZipEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0 || entries[^1].Name != ChecksumList.FileName)
        {
            throw ChainWatchException.At(name, 0, ChecksumList.FileName, "is not the bundle's last file; expected it there");
        }

        if (entries[^1].Length > ManifestBytesMax)
        {
            throw ChainWatchException.At(name, 0, ChecksumList.FileName, $"has {entries[^1].Length} bytes; expected at most {ManifestBytesMax}");
        }

        byte[] manifest = ReadBytes(zip, entries[^1]);
        if (Crc32.Append(0, manifest) != entries[^1].Crc)
        {
            throw ChainWatchException.At(name, 0, ChecksumList.FileName, "its bytes do not have the CRC-32 of its records: it was changed");
        }

        IReadOnlyList<(string Name, string Sha256)> listed = ChecksumList.Read(manifest, $"{name}: {ChecksumList.FileName}");
        Compare(name, entries, listed);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (int i = 0; i < listed.Count; i++)
            {
                Check(zip, name, entries[i], listed[i].Sha256, buffer, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(SHA256.HashData(manifest));
    }

    private static void Compare(string name, IReadOnlyList<ZipEntry> entries, IReadOnlyList<(string Name, string Sha256)> listed)
    {
        for (int i = 0; i < Math.Max(entries.Count - 1, listed.Count); i++)
        {
            string? found = i < entries.Count - 1 ? entries[i].Name : null;
            string? expected = i < listed.Count ? listed[i].Name : null;
            if (found is null || (expected is not null && string.CompareOrdinal(expected, found) < 0))
            {
                throw ChainWatchException.At(name, 0, Found.OneLine(expected!), $"is missing: {ChecksumList.FileName} names it");
            }

            if (found != expected)
            {
                throw ChainWatchException.At(name, 0, found, $"{ChecksumList.FileName} does not name it{(expected is null ? "" : " here")}; expected no other file");
            }

            if (i > 0 && string.CompareOrdinal(entries[i - 1].Name, found) >= 0)
            {
                throw ChainWatchException.At(name, 0, found, "stands behind a file whose name comes later; expected the files in the order of their names");
            }
        }
    }

    private static void Check(Stream zip, string name, in ZipEntry entry, string sha256, byte[] buffer, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        uint crc = 0;
        zip.Position = entry.Offset;
        for (long left = entry.Length; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            zip.ReadExactly(part);
            hash.AppendData(part);
            crc = Crc32.Append(crc, part);
            left -= part.Length;
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != sha256)
        {
            throw ChainWatchException.At(name, 0, entry.Name, $"its SHA-256 is {found}; {ChecksumList.FileName} expects {sha256}");
        }

        if (crc != entry.Crc)
        {
            throw ChainWatchException.At(name, 0, entry.Name, "its bytes do not have the CRC-32 of its records: those were changed");
        }
    }

    private static byte[] ReadBytes(Stream zip, in ZipEntry entry)
    {
        byte[] bytes = new byte[entry.Length];
        zip.Position = entry.Offset;
        zip.ReadExactly(bytes);
        return bytes;
    }
}
