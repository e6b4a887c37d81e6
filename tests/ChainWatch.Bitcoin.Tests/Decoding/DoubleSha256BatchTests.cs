using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>The lanes beside the platform's SHA-256. Without AVX-512 both ways are the same, and only the digests are looked at.</summary>
public class DoubleSha256BatchTests
{
    private const int LengthMax = 300;

    [Theory]
    [InlineData("", "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456")]
    [InlineData("hello", "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50")]
    public void Hash_KnownDigest_InEveryLane(string text, string expected)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text);
        HashMessage[] messages = [.. Enumerable.Repeat(new HashMessage(0, bytes.Length, InSecond: false), 20)];
        byte[] digests = new byte[20 * 32];
        DoubleSha256Batch.Hash(bytes, default, messages, digests);
        Convert.ToHexStringLower(digests).ShouldBe(string.Concat(Enumerable.Repeat(expected, 20)));
    }

    /// <summary>1 to 200 messages, so that there are idle lanes and full ones; over all of them every length, in both spans.</summary>
    [Fact]
    public void Hash_AnyCountAndLength_EqualsOneByOne()
    {
        SplitMix random = new(1);
        HashSet<int> lengths = [];
        int next = 0;
        for (int count = 1; count <= 200; count++)
        {
            HashMessage[] messages = new HashMessage[count];
            for (int i = 0; i < count; i++)
            {
                int length = next++ % (LengthMax + 1);
                lengths.Add(length);
                messages[i] = new HashMessage(random.Below(100), length, InSecond: random.Below(2) == 0);
            }

            RequireSame(random.Bytes(100 + LengthMax), random.Bytes(100 + LengthMax), messages);
        }

        lengths.Count.ShouldBe(LengthMax + 1);
    }

    [Fact]
    public void Hash_EveryLengthBesideThoseAtABlocksEnd_EqualsOneByOne()
    {
        byte[] bytes = new SplitMix(2).Bytes(400);
        foreach (int length in (int[])[0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 183, 184, 191, 192, 247, 248, 255, 256, 300])
        {
            HashMessage[] messages = [.. Enumerable.Range(0, LengthMax + 1).Select(i => new HashMessage(i % 7, i % 2 == 0 ? length : i, InSecond: false))];
            RequireSame(bytes, default, messages);
        }
    }

    [Fact]
    public void Hash_MessageUpToTheLastByte_EqualsOneByOne()
    {
        byte[] bytes = new SplitMix(3).Bytes(LengthMax);
        RequireSame(bytes, bytes, [.. Enumerable.Range(0, LengthMax + 1).Select(length => new HashMessage(LengthMax - length, length, InSecond: length % 2 == 0))]);
    }

    /// <summary>A segment of a lane ends after a mebibyte.</summary>
    [Theory]
    [InlineData(3_000_000)]
    [InlineData((1 << 20) - 1)]
    [InlineData((1 << 20) + 1)]
    public void Hash_OneLongBesideFiftySmall_EqualsOneByOne(int length)
    {
        byte[] bytes = new SplitMix(4).Bytes(length);
        foreach (int at in (int[])[0, 50])
        {
            HashMessage[] messages = [.. Enumerable.Range(0, 51).Select(i => i == at ? new HashMessage(0, length, InSecond: true) : new HashMessage(i * 1000, 200 + i, InSecond: i % 3 == 0))];
            RequireSame(bytes, bytes, messages);
        }
    }

    /// <summary>Only so many long messages are begun first; those beyond have their turn among the others.</summary>
    [Fact]
    public void Hash_MoreLongMessagesThanBeginFirst_EqualsOneByOne()
    {
        SplitMix random = new(5);
        byte[] bytes = random.Bytes(20_000);
        HashMessage[] messages = [.. Enumerable.Range(0, 400).Select(i => new HashMessage(random.Below(100), i % 2 == 0 ? 4090 + random.Below(12) : random.Below(15_000), InSecond: false))];
        RequireSame(bytes, default, messages);
    }

    [Theory]
    [InlineData(0, 101, false)]
    [InlineData(101, 0, false)]
    [InlineData(-1, 1, false)]
    [InlineData(0, -1, false)]
    [InlineData(1, int.MaxValue, false)]
    [InlineData(0, 11, true)]
    public void Hash_MessageOutsideTheBytes_Throws(int offset, int length, bool inSecond)
    {
        HashMessage[] messages = [.. Enumerable.Repeat(new HashMessage(0, 5, InSecond: true), 19), new HashMessage(offset, length, inSecond)];
        Should.Throw<ArgumentOutOfRangeException>(() => DoubleSha256Batch.Hash(new byte[100], new byte[10], messages, new byte[20 * 32]));
    }

    private static void RequireSame(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, HashMessage[] messages)
    {
        byte[] digests = new byte[messages.Length * 32];
        byte[] expected = new byte[messages.Length * 32];
        DoubleSha256Batch.Hash(first, second, messages, digests);
        DoubleSha256Batch.HashOneByOne(first, second, messages, expected);
        for (int i = 0; i < messages.Length; i++)
        {
            if (!digests.AsSpan(i * 32, 32).SequenceEqual(expected.AsSpan(i * 32, 32)))
            {
                throw new InvalidDataException($"{messages[i]}, number {i} of {messages.Length}, has another digest");
            }
        }
    }
}
