using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>
/// A part of the fuzzing, on one thread. Whatever the bytes: nothing but BitcoinFormatException is thrown, no byte is looked
/// at twice, and what is set aside stays within ten times the bytes.
/// </summary>
internal sealed class FuzzRun(FuzzCorpus corpus, ulong seed)
{
    // An exception, its message and its stack trace.
    private const int ExceptionMax = 16 * 1024;
    private readonly SplitMix _random = new(seed);
    private readonly Mutator _mutator = new(new SplitMix(~seed));
    private readonly TransactionHasher _hasher = new();

    public int Tried { get; private set; }

    public int Refused { get; private set; }

    public void Transactions(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> bytes = _mutator.Mutate(_random.Of<byte[]>(corpus.Transactions), _random.Of<byte[]>(corpus.Transactions));
            int refused = Refused;
            Try(bytes, Decode.Transaction);
            if (Refused == refused)
            {
                Decode.Addresses(bytes);
            }
        }
    }

    /// <summary>Reads blocks in turn by their views and by the hasher, which compares the root as well.</summary>
    public void Blocks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Block(_random.Of<byte[]>(corpus.Blocks), _random.Of<byte[]>(corpus.Blocks), verify: i % 2 == 0);
        }
    }

    public void LargeBlocks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Block(corpus.LargeBlock, _random.Of<byte[]>(corpus.Blocks), verify: i % 2 == 0);
        }
    }

    private void Block(byte[] bytes, byte[] other, bool verify) =>
        Try(_mutator.Mutate(bytes, other), verify ? b => _hasher.Verify(b) : Decode.Block);

    private void Try(ReadOnlySpan<byte> bytes, Decoding decode)
    {
        Tried++;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            long visited = decode(bytes);
            Require(visited <= bytes.Length, $"{visited} bytes were looked at", bytes);
        }
        catch (BitcoinFormatException error)
        {
            Refused++;
            Refusal.Require(error, bytes.Length);
        }
        catch (Exception error) when (error is not InvalidDataException)
        {
            Require(false, error.ToString(), bytes);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Require(allocated <= (10L * bytes.Length) + ExceptionMax, $"{allocated} bytes were set aside", bytes);
    }

    private void Require(bool condition, string found, ReadOnlySpan<byte> bytes)
    {
        if (!condition)
        {
            throw new InvalidDataException($"seed {seed}, input {Tried} of {bytes.Length} bytes: {found}; {Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, 20_000)])}");
        }
    }

    private delegate long Decoding(ReadOnlySpan<byte> bytes);
}
