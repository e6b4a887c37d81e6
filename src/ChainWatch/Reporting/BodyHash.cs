using System.Security.Cryptography;

namespace ChainWatch.Reporting;

/// <summary>
/// SHA-256 of JSON without its insignificant white space: the bytes outside string literals that are space, tab, CR or LF
/// are left out, all others are hashed as they stand. So the hash does not depend on indentation and can be recomputed
/// without a JSON library.
/// </summary>
internal sealed class BodyHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _kept = new byte[4096];
    private int _count;
    private bool _inString;
    private bool _escaped;

    public void Append(ReadOnlySpan<byte> json)
    {
        foreach (byte b in json)
        {
            if (!_inString && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            if (_escaped)
            {
                _escaped = false;
            }
            else if (b == '"')
            {
                _inString = !_inString;
            }
            else
            {
                _escaped = _inString && b == '\\';
            }

            _kept[_count++] = b;
            if (_count == _kept.Length)
            {
                HashKept();
            }
        }
    }

    /// <summary>The hash so far, 64 lower-case hexadecimal digits.</summary>
    public string Finish()
    {
        HashKept();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void HashKept()
    {
        _hash.AppendData(_kept.AsSpan(0, _count));
        _count = 0;
    }
}
