using System.Net.Http.Headers;
using System.Text.Json;

namespace ChainWatch.Rpc.Recording;

/// <summary>Takes the secrets of an endpoint out of its answers: some repeat the key that was wrong.</summary>
/// <param name="endpoint">The endpoint as it was given.</param>
/// <param name="authorization">What was sent as authorization, which may come from elsewhere than the URL: a node's cookie file.</param>
internal sealed class Redaction(RpcEndpoint endpoint, AuthenticationHeaderValue? authorization = null)
{
    private const int HexIsDataBelow = 16;
    private const int ShortAnswer = 4096;
    private readonly (byte[] Text, bool MayBeData)[] _secrets =
        [.. endpoint.Secrets.Concat(Sent(authorization)).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length).Select(s => (System.Text.Encoding.UTF8.GetBytes(s), s.Length < HexIsDataBelow && s.All(char.IsAsciiHexDigit)))];

    // The token, and what a basic one says: user:password, and the password.
    private static IEnumerable<string> Sent(AuthenticationHeaderValue? authorization)
    {
        if (authorization?.Parameter is not { Length: > 0 } token)
        {
            return [];
        }

        byte[] bytes = new byte[token.Length];
        if (!authorization.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(token, bytes, out int length))
        {
            return [token];
        }

        string said = System.Text.Encoding.UTF8.GetString(bytes, 0, length);
        return new[] { token, said, said[(said.IndexOf(':', StringComparison.Ordinal) + 1)..] }.Where(s => s.Length >= RpcEndpoint.CredentialLengthMin);
    }

    /// <summary>The answer without secrets; the same array where it has none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isData">Whether it is no error: a few hexadecimal digits in it are then the chain's, not ours.</param>
    public byte[] Apply(byte[] answer, bool isData)
    {
        // Errors come with a good status, too.
        isData &= !TellsError(answer);
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

    // Whether there is nothing but errors in it: in a batch, or a trace, an error stands beside data that must stay as it came.
    private static bool TellsError(ReadOnlySpan<byte> answer)
    {
        // Etherscan's way, without JSON-RPC.
        if (answer.Length < ShortAnswer && answer.IndexOf("\"NOTOK\""u8) >= 0)
        {
            return true;
        }

        try
        {
            List<Envelope> responses = Envelope.ReadAll(answer, out _);
            return responses.Count > 0 && responses.TrueForAll(r => r.HasError);
        }
        catch (JsonException)
        {
            // An explorer's own JSON, or bytes: its status tells.
            return false;
        }
    }
}
