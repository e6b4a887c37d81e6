using System.Globalization;
using System.Security.Cryptography;

namespace ChainWatch.Hosting;

/// <summary>
/// What a webhook's receiver checks: HMAC-SHA256 (RFC 2104) over the time stamp, a full stop, and the body's bytes. The time
/// stamp is signed too, so that a request that was overheard cannot be sent again later.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the time of sending: seconds since 1970-01-01 UTC, in digits.</summary>
    public const string TimestampHeader = "ChainWatch-Timestamp";

    /// <summary>The header with the signature: <c>sha256=</c> and 64 lower-case hexadecimal digits.</summary>
    public const string SignatureHeader = "ChainWatch-Signature";

    /// <summary>The header with the alert's line in the log, <c>NUMBER:SHA256</c>: what comes twice has the same.</summary>
    public const string LineHeader = "ChainWatch-Line";

    private const string Prefix = "sha256=";

    /// <summary>The signature's header.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="timestamp">The time stamp's header.</param>
    /// <param name="body">The body.</param>
    public static string Compute(ReadOnlySpan<byte> secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData("."u8);
        hash.AppendData(body);
        return Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a request was signed with the secret, and not too long ago. For receivers; in constant time.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="timestamp">The time stamp's header; null: there was none.</param>
    /// <param name="signature">The signature's header; null: there was none.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">How far the two clocks, and the way between them, may be apart: 5 min is usual.</param>
    public static bool IsValid(ReadOnlySpan<byte> secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance) =>
        timestamp is not null && signature is not null
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= (decimal)tolerance.TotalSeconds
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(Compute(secret, timestamp, body)), System.Text.Encoding.UTF8.GetBytes(signature));
}
