namespace ChainWatch.Rpc.Recording;

/// <summary>Takes the secrets of an endpoint out of its answers: some repeat the key that was wrong.</summary>
internal sealed class Redaction(RpcEndpoint endpoint)
{
    private const int HexIsDataBelow = 16;
    private readonly (byte[] Text, bool MayBeData)[] _secrets =
        [.. endpoint.Secrets.OrderByDescending(s => s.Length).Select(s => (System.Text.Encoding.UTF8.GetBytes(s), s.Length < HexIsDataBelow && s.All(char.IsAsciiHexDigit)))];

    /// <summary>The answer without secrets; the same array where it has none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isData">Whether it is no error: a few hexadecimal digits in it are then the chain's, not ours.</param>
    public byte[] Apply(byte[] answer, bool isData)
    {
        foreach ((byte[] secret, bool mayBeData) in _secrets)
        {
            if (!(mayBeData && isData) && answer.AsSpan().IndexOf(secret) >= 0)
            {
                answer = Replace(answer, secret);
            }
        }

        return answer;
    }

    private static byte[] Replace(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        List<byte> kept = new(text.Length);
        int found;
        while ((found = text.IndexOf(secret)) >= 0)
        {
            kept.AddRange(text[..found]);
            kept.AddRange("***"u8);
            text = text[(found + secret.Length)..];
        }

        kept.AddRange(text);
        return [.. kept];
    }
}
