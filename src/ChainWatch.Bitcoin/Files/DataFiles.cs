using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Bitcoin.Files;

/// <summary>The numbered files of one kind in a folder (<c>blk00000.dat</c>, <c>rev00000.dat</c>, …), read at any place by many threads.</summary>
internal sealed class DataFiles : IDisposable
{
    /// <summary>A node's folder has thousands of files; more open ones than this gain nothing.</summary>
    private const int MostOpen = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, SafeFileHandle> _open = [];
    private readonly Queue<int> _order = [];
    private readonly SortedDictionary<int, string> _paths = [];
    private readonly ObfuscationKey _key;
    private bool _closed;

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix"><c>blk</c> or <c>rev</c>.</param>
    /// <param name="key">The folder's key.</param>
    public DataFiles(string folder, string prefix, ObfuscationKey key)
    {
        _key = key;
        foreach (string path in Directory.EnumerateFiles(folder, prefix + "*.dat"))
        {
            ReadOnlySpan<char> digits = Path.GetFileNameWithoutExtension(path.AsSpan())[prefix.Length..];
            if (digits.Length >= 5 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                _paths[number] = path;
            }
        }
    }

    /// <summary>The numbers, ascending; some may be missing.</summary>
    public IReadOnlyCollection<int> Numbers => _paths.Keys;

    /// <summary>True where there is a file of this number.</summary>
    public bool Contains(int number) => _paths.ContainsKey(number);

    /// <summary>The path of a file, for messages.</summary>
    public string PathOf(int number) => _paths[number];

    /// <summary>The bytes of a file.</summary>
    public long LengthOf(int number) => Use(number, RandomAccess.GetLength);

    /// <summary>Reads at a place without taking the key off; fewer bytes at the end of the file.</summary>
    public int ReadRaw(int number, long offset, Span<byte> destination)
    {
        SafeFileHandle handle = Borrow(number);
        try
        {
            int total = 0;
            while (total < destination.Length)
            {
                int read = RandomAccess.Read(handle, destination[total..], offset + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{PathOf(number)}: cannot be read: {e.Message}", e);
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    /// <summary>Reads at a place; fewer bytes at the end of the file.</summary>
    public int Read(int number, long offset, Span<byte> destination)
    {
        int read = ReadRaw(number, offset, destination);
        _key.Apply(destination[..read], offset);
        return read;
    }

    /// <summary>Closes the files; reads that are under way end first.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (SafeFileHandle handle in _open.Values)
            {
                handle.Dispose();
            }

            _open.Clear();
        }
    }

    private T Use<T>(int number, Func<SafeFileHandle, T> use)
    {
        SafeFileHandle handle = Borrow(number);
        try
        {
            return use(handle);
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    /// <summary>A handle that stays open until it is released, even where another thread closes it.</summary>
    private SafeFileHandle Borrow(int number)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!_open.TryGetValue(number, out SafeFileHandle? handle))
            {
                handle = Open(PathOf(number));
                _open.Add(number, handle);
                _order.Enqueue(number);
                if (_order.Count > MostOpen && _open.Remove(_order.Dequeue(), out SafeFileHandle? oldest))
                {
                    oldest.Dispose();
                }
            }

            bool added = false;
            handle.DangerousAddRef(ref added);
            return handle;
        }
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            // A running node writes to these files.
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be opened: {e.Message}", e);
        }
    }
}
