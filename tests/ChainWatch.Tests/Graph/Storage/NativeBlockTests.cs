using ChainWatch.Graph.Storage;

namespace ChainWatch.Tests.Graph.Storage;

public class NativeBlockTests
{
    // An array, the heap, pages of its own, and more of them; just below and above the limits.
    private static readonly long[] _lengths = [0, 1, 1000, 1 << 20, (1 << 20) + 1, (2 << 20) - 1, 2 << 20, (2 << 20) + 1, 5_000_000, 8 << 20, (33 << 20) + 7];

    [Fact]
    public unsafe void Grown_KeepsTheBytes_AtAnyLength()
    {
        for (int first = 0; first < _lengths.Length; first++)
        {
            NativeBlock block = new(_lengths[first]);
            Fill(block, 0);
            for (int next = first + 1; next < _lengths.Length; next++)
            {
                long before = block.Length;
                block = block.Grown(_lengths[next]);

                block.Length.ShouldBe(_lengths[next]);
                // What was moved, also for the second time, has whole pages of its own; what had to be copied to the heap has not.
                bool hasPages = OperatingSystem.IsLinux() && block.Length >= HugePages.Size;
                ((nuint)block.Pointer % (hasPages ? (nuint)HugePages.Size : 64)).ShouldBe((nuint)0);
                Check(block, before);
                Fill(block, before);
            }

            block.Dispose();
        }
    }

    [Fact]
    public void Grown_AfterItWasShortened_KeepsTheBytes()
    {
        NativeBlock block = new(12 << 20);
        Fill(block, 0);
        block.Shorten(3_000_000);

        block = block.Grown(5 << 20);
        Check(block, 3_000_000);
        block = block.Grown(40 << 20);

        Check(block, 3_000_000);
        block.Dispose();
        block.Dispose();
    }

    [Fact]
    public void NewBlock_IsZero_AlsoWhereMemoryWasUsedBefore()
    {
        foreach (long length in _lengths)
        {
            for (int round = 0; round < 3; round++)
            {
                using NativeBlock block = new(length);
                block.Span.ContainsAnyExcept((byte)0).ShouldBeFalse($"{length} bytes");
                block.Span.Fill(0xA5);
            }
        }
    }

    private static void Fill(NativeBlock block, long from)
    {
        Span<byte> bytes = block.Span;
        for (int i = (int)from; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * 31 >> 3);
        }
    }

    private static void Check(NativeBlock block, long length)
    {
        Span<byte> bytes = block.Span[..(int)length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != (byte)(i * 31 >> 3))
            {
                Assert.Fail($"byte {i} of {length} changed as the block grew to {block.Length}");
            }
        }
    }
}
