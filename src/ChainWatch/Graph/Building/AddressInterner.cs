using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Gives every distinct address of a chain a number, in order of first sight from 0. Memory outside the garbage collector:
/// a row (20 bytes on EVM chains, 33 elsewhere) and 11 to 21 bytes of a table for each address. For one thread at a time.
/// </summary>
internal sealed unsafe class AddressInterner : IDisposable
{
    /// <summary>The most addresses: what an array can hold one number each of.</summary>
    public const int CountMax = 0x7FFF_FFC7;

    /// <summary>The key where the caller gives none. It is public, so whoever wants to slow a table down can; it stays correct.</summary>
    public static readonly UInt128 DefaultKey = new(0x243F6A8885A308D3, 0x13198A2E03707344); // the first digits of pi behind the point

    // Chunks of whole huge pages: 40 MiB on EVM chains, 66 MiB elsewhere. What is not used of one is not taken.
    private const int ChunkBits = 21;

    private readonly bool _isEvm;
    private readonly RowNumbers _numbers;
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<int, string>> _textsByNumber = [];

    /// <summary>An empty interner.</summary>
    /// <param name="chain">The addresses' chain.</param>
    /// <param name="key">
    /// Scatters the addresses over the table. Take a random one where strangers choose the addresses, and they cannot make
    /// them collide. The numbers never depend on it. Default: <see cref="DefaultKey"/>.
    /// </param>
    public AddressInterner(Chain chain, UInt128? key = null) : this(chain, new AddressHash(key ?? DefaultKey), ChunkBits)
    {
    }

    /// <summary>For tests: a hash of any quality, and small chunks.</summary>
    internal AddressInterner(Chain chain, AddressHash hash, int chunkBits)
    {
        Chain = chain;
        _isEvm = chain.IsEvm;
        _numbers = new RowNumbers(chain, hash, chunkBits);
    }

    /// <summary>The addresses' chain.</summary>
    public Chain Chain { get; }

    /// <summary>How many distinct addresses there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>Memory taken in bytes; the texts of those kept as text are estimated.</summary>
    public long Bytes => ((long)Count * Rows.RowSize) + _numbers.TableBytes + _textsByNumber.Sum(t => 96L + (2 * t.Value.Length));

    /// <summary>The rows by number.</summary>
    public AddressRows Rows => _numbers.Rows;

    /// <summary>The addresses kept as text and their numbers, which ascend.</summary>
    public ReadOnlySpan<KeyValuePair<int, string>> Texts => CollectionsMarshal.AsSpan(_textsByNumber);

    /// <summary>The address of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No address has it.</exception>
    public Address this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Count, nameof(number));
            if (IsText(number))
            {
                return Address.FromCanonicalText(Chain, TextTable.Find(Texts, number)!);
            }

            return _isEvm ? EvmRow.Read(Chain, Rows.At(number)) : BitcoinRow.Read(Chain, Rows.At(number));
        }
    }

    /// <summary>Whether an address is kept as text, and has no row.</summary>
    public static bool IsKeptAsText(in Address address) => address.Kind is AddressKind.Text or AddressKind.None;

    /// <summary>The number of an address, a new one where it was not seen before.</summary>
    /// <exception cref="ArgumentException">The address is of another chain.</exception>
    /// <exception cref="ChainWatchException">There are <see cref="CountMax"/> addresses already.</exception>
    public int NumberOf(in Address address)
    {
        int number = 0;
        NumberAll(new ReadOnlySpan<Address>(in address), new Span<int>(ref number));
        return number;
    }

    /// <summary>The numbers of many addresses: several times as fast as one by one, and the same.</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="numbers">Takes their numbers; at least as long.</param>
    /// <exception cref="ArgumentException">An address is of another chain, or <paramref name="numbers"/> is too short.</exception>
    /// <exception cref="ChainWatchException">There are <see cref="CountMax"/> addresses already.</exception>
    [SkipLocalsInit]
    public void NumberAll(ReadOnlySpan<Address> addresses, Span<int> numbers)
    {
        numbers = numbers[..addresses.Length];
        byte* rows = stackalloc byte[RowNumbers.Batch * Rows.RowSize];
        int* found = stackalloc int[RowNumbers.Batch];
        while (!addresses.IsEmpty)
        {
            int count = 0;
            int most = Math.Min(RowNumbers.Batch, addresses.Length);
            for (; count < most && !IsKeptAsText(addresses[count]); count++)
            {
                Write(addresses[count], rows + (count * Rows.RowSize));
            }

            NumberRows(rows, count, found);
            new ReadOnlySpan<int>(found, count).CopyTo(numbers);
            if (count < most)
            {
                numbers[count] = NumberOfText(addresses[count]);
                count++;
            }

            addresses = addresses[count..];
            numbers = numbers[count..];
        }
    }

    /// <summary>The numbers of many addresses by their rows, of which none is kept as text.</summary>
    /// <exception cref="ChainWatchException">There are <see cref="CountMax"/> addresses already.</exception>
    public void NumberRows(byte* rows, int count, int* numbers)
    {
        if (_isEvm)
        {
            _numbers.NumberAll<EvmRow>(rows, count, numbers);
        }
        else
        {
            _numbers.NumberAll<BitcoinRow>(rows, count, numbers);
        }
    }

    /// <summary>The number of an address; -1 where it was not seen.</summary>
    public int Find(in Address address)
    {
        if (address.Chain != Chain)
        {
            return -1;
        }

        if (IsKeptAsText(address))
        {
            return _texts.GetValueOrDefault(address.ToCanonicalString(), -1);
        }

        byte* row = stackalloc byte[Rows.RowSize];
        Write(address, row);
        return _isEvm ? _numbers.Find<EvmRow>(row) : _numbers.Find<BitcoinRow>(row);
    }

    /// <summary>Whether the address of a number is kept as text.</summary>
    public bool IsText(int number) =>
        (_isEvm ? EvmRow.MayBeText(Rows.At(number)) : BitcoinRow.MayBeText(Rows.At(number))) && TextTable.Find(Texts, number) is not null;

    /// <summary>Ranks the addresses in canonical order; see <see cref="CanonicalRanks.Of"/>.</summary>
    public CanonicalRanks Canonical(int threads, CancellationToken cancellationToken) => CanonicalRanks.Of(this, threads, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _numbers.Dispose();

    private void Write(in Address address, byte* row)
    {
        if (address.Chain != Chain)
        {
            throw new ArgumentException($"address {address} is of {address.Chain}; expected {Chain}", nameof(address));
        }

        if (_isEvm)
        {
            EvmRow.Write(address, row);
        }
        else
        {
            BitcoinRow.Write(address, row);
        }
    }

    private int NumberOfText(in Address address)
    {
        if (address.Chain != Chain)
        {
            throw new ArgumentException($"address {address} is of {address.Chain}; expected {Chain}", nameof(address));
        }

        string text = address.ToCanonicalString();
        if (_texts.TryGetValue(text, out int known))
        {
            return known;
        }

        int number = _numbers.Next();
        if (_isEvm)
        {
            EvmRow.WriteText(Rows.At(number));
        }
        else
        {
            BitcoinRow.WriteText(Rows.At(number));
        }

        _texts.Add(text, number);
        _textsByNumber.Add(new KeyValuePair<int, string>(number, text));
        return number;
    }
}
