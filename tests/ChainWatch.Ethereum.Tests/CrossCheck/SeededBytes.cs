using System.Globalization;
using System.Security.Cryptography;

namespace ChainWatch.Ethereum.Tests.CrossCheck;

/// <summary>
/// Bytes that are the same on every platform and in every language: SHA-256 of <c>NAME 0</c>, of <c>NAME 1</c>, and so on,
/// one after the other.
/// </summary>
internal sealed class SeededBytes(string name)
{
    private byte[] _block = [];
    private int _used;
    private int _blocks;

    /// <summary>The next bytes.</summary>
    public byte[] Next(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            if (_used == _block.Length)
            {
                _block = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {_blocks++}")));
                _used = 0;
            }

            bytes[i] = _block[_used++];
        }

        return bytes;
    }

    /// <summary>A number from 0 to below a bound, of two bytes.</summary>
    public int Below(int bound)
    {
        byte[] two = Next(2);
        return ((two[0] << 8) | two[1]) % bound;
    }
}
