using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

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

    // As many lookups are under way at once as a core can wait for, and the batch stays in the first cache.
    private const int Batch = 64;

    // Chunks of whole huge pages: 40 MiB on EVM chains, 66 MiB elsewhere. What is not used of one is not taken.
    private const int ChunkBits = 21;

    private readonly bool _isEvm;
    private readonly AddressHash _hash;
    private readonly AddressSlots _slots = new();
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
        _hash = hash;
        Rows = new AddressRows(AddressTable.RowSizeOf(chain), chunkBits);
    }

    /// <summary>The addresses' chain.</summary>
    public Chain Chain { get; }

    /// <summary>How many distinct addresses there are.</summary>
    public int Count { get; private set; }

    /// <summary>Memory taken in bytes; the texts of those kept as text are estimated.</summary>
    public long Bytes => ((long)Count * Rows.RowSize) + _slots.Bytes + _textsByNumber.Sum(t => 96L + (2 * t.Value.Length));

    /// <summary>The rows by number.</summary>
    public AddressRows Rows { get; }

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
    public void NumberAll(ReadOnlySpan<Address> addresses, Span<int> numbers)
    {
        numbers = numbers[..addresses.Length];
        while (!addresses.IsEmpty)
        {
            int count = Math.Min(Batch, addresses.Length);
            if (_isEvm)
            {
                NumberBatch<EvmRow>(addresses[..count], numbers);
            }
            else
            {
                NumberBatch<BitcoinRow>(addresses[..count], numbers);
            }

            addresses = addresses[count..];
            numbers = numbers[count..];
        }
    }

    /// <summary>Whether the address of a number is kept as text.</summary>
    public bool IsText(int number) =>
        (_isEvm ? EvmRow.MayBeText(Rows.At(number)) : BitcoinRow.MayBeText(Rows.At(number))) && TextTable.Find(Texts, number) is not null;

    /// <summary>Ranks the addresses in canonical order; see <see cref="CanonicalRanks.Of"/>.</summary>
    public CanonicalRanks Canonical(int threads, CancellationToken cancellationToken) => CanonicalRanks.Of(this, threads, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        _slots.Dispose();
    }

    private void NumberBatch<TRow>(ReadOnlySpan<Address> addresses, Span<int> numbers)
        where TRow : struct, IAddressRow
    {
        ulong* hashes = stackalloc ulong[Batch];
        uint* found = stackalloc uint[Batch];
        for (int i = 0; i < addresses.Length; i++)
        {
            ref readonly Address address = ref addresses[i];
            if (address.Chain != Chain)
            {
                throw new ArgumentException($"address {address} is of {address.Chain}; expected {Chain}", nameof(addresses));
            }

            hashes[i] = TRow.Hash(address, _hash);
            if (Sse.IsSupported)
            {
                ref AddressSlots.Part part = ref _slots.PartOf(hashes[i]);
                Sse.Prefetch0(part.Slots + part.First(hashes[i]));
            }
        }

        for (int i = 0; i < addresses.Length; i++)
        {
            found[i] = Expect<TRow>(hashes[i]);
        }

        int growths = _slots.Growths;
        for (int i = 0; i < addresses.Length; i++)
        {
            ref readonly Address address = ref addresses[i];
            if (address.Kind is AddressKind.Text or AddressKind.None)
            {
                numbers[i] = NumberOfText(address);
                continue;
            }

            // Slots are never emptied: unless they were dealt anew, no slot before the one found holds the address.
            ref AddressSlots.Part part = ref _slots.PartOf(hashes[i]);
            uint at = growths == _slots.Growths ? found[i] : part.First(hashes[i]);
            numbers[i] = Number<TRow>(ref part, at, address, hashes[i]);
        }
    }

    // The first slot with the same 32 bits, or the empty one behind all. Its row is nearly always the one to be compared.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Expect<TRow>(ulong hash)
        where TRow : struct, IAddressRow
    {
        ref AddressSlots.Part part = ref _slots.PartOf(hash);
        uint at = part.First(hash);
        ulong slot;
        while ((slot = part.Slots[at]) != 0 && (slot ^ hash) >> 32 != 0)
        {
            at = (at + 1) & part.Mask;
        }

        if (Sse.IsSupported && slot != 0)
        {
            byte* row = Rows.At((int)((uint)slot - 1));
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + TRow.Size - 1);
        }

        return at;
    }

    // No slot before the one given can hold the address.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Number<TRow>(ref AddressSlots.Part part, uint at, in Address address, ulong hash)
        where TRow : struct, IAddressRow
    {
        ulong slot;
        while ((slot = part.Slots[at]) != 0)
        {
            int known = (int)((uint)slot - 1);
            if ((slot ^ hash) >> 32 == 0 && TRow.Matches(address, Rows.At(known)))
            {
                return known;
            }

            at = (at + 1) & part.Mask;
        }

        int number = NextNumber();
        TRow.Write(address, Rows.At(number));
        _slots.Fill(at, hash, number);
        return number;
    }

    private int NumberOfText(in Address address)
    {
        string text = address.ToCanonicalString();
        if (_texts.TryGetValue(text, out int known))
        {
            return known;
        }

        int number = NextNumber();
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

    private int NextNumber()
    {
        if (Count == CountMax)
        {
            throw new ChainWatchException($"{Chain}: there are more than {CountMax} addresses, which is the most that one graph holds");
        }

        Rows.Reserve(Count);
        return Count++;
    }
}
