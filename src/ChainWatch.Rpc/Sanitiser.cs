using System.Text;

namespace ChainWatch.Rpc;

/// <summary>Makes a provider's words fit to print: one line, not long, without the endpoint's secrets.</summary>
internal sealed class Sanitiser(RpcEndpoint endpoint)
{
    private const int LengthMax = 300;
    private readonly string[] _secrets = [.. endpoint.Secrets.OrderByDescending(s => s.Length)];

    public string OneLine(string text) => OneLine(text, LengthMax);

    /// <summary>The first so many characters, cut only after the secrets are out: half a key would not be known as one.</summary>
    public string OneLine(string text, int lengthMax)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        StringBuilder line = new(Math.Min(text.Length, lengthMax));
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, lengthMax)))
        {
            line.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return text.Length > lengthMax ? line.Append('…').ToString() : line.ToString();
    }
}
