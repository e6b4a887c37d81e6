using System.Globalization;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Proofs;

/// <summary>Headers of 80 bytes, one after the other in ascending height, each naming the one before: so that one hash vouches for all before it.</summary>
/// <param name="first">The first one's height.</param>
/// <param name="bytes">The headers.</param>
public sealed class HeaderChain(long first, ReadOnlyMemory<byte> bytes)
{
    /// <summary>The length of a header in bytes.</summary>
    public const int HeaderLength = BlockHeader.Length;

    /// <summary>How many there are.</summary>
    public int Count => bytes.Length / HeaderLength;

    /// <summary>The hash of the block before the first.</summary>
    public string ParentHash => HashText.Write(new BlockHeader(bytes.Span).PreviousHash);

    /// <summary>The last one's hash.</summary>
    public string LastHash => new BlockHeader(bytes.Span[^HeaderLength..]).ComputeHashText();

    /// <summary>The header of a height.</summary>
    public ReadOnlyMemory<byte> this[long height] => bytes.Slice((int)(height - first) * HeaderLength, HeaderLength);

    /// <summary>Whether it has the header of a height.</summary>
    public bool Has(long height) => height >= first && height - first < Count;

    /// <summary>Checks that each header names the one before.</summary>
    /// <exception cref="BitcoinFormatException">One does not, or bytes are left over.</exception>
    public void Verify()
    {
        if (bytes.Length == 0 || bytes.Length % HeaderLength != 0)
        {
            throw new BitcoinFormatException(bytes.Length, $"expected whole headers of {HeaderLength} bytes");
        }

        Span<byte> hash = stackalloc byte[32];
        for (int i = 1; i < Count; i++)
        {
            new BlockHeader(this[first + i - 1].Span).ComputeHash(hash);
            if (!hash.SequenceEqual(new BlockHeader(this[first + i].Span).PreviousHash))
            {
                throw new BitcoinFormatException((long)i * HeaderLength, string.Create(CultureInfo.InvariantCulture, $"the header of block {first + i} does not name the one before it ({HashText.Write(hash)})"));
            }
        }
    }
}
