namespace ChainWatch.Hosting.Tests;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] _secret = "0123456789abcdef"u8.ToArray();
    private static readonly byte[] _body = "{\"id\":\"x\"}"u8.ToArray();

    // printf '1763740800.{"id":"x"}' | openssl dgst -sha256 -hmac 0123456789abcdef
    private const string OfOpenSsl = "sha256=17875c019eda3ffe21d4a7dac157de3fc5982c5dedabffdacc004a78d020d203";

    [Fact]
    public void Compute_IsWhatOpenSslComputes() => WebhookSignature.Compute(_secret, "1763740800", _body).ShouldBe(OfOpenSsl);

    [Theory]
    [InlineData("1763740800", OfOpenSsl, 0, true)]
    [InlineData("1763740800", OfOpenSsl, 300, true)]
    [InlineData("1763740800", OfOpenSsl, -300, true)]
    [InlineData("1763740800", OfOpenSsl, 301, false)]
    [InlineData("1763740800", OfOpenSsl, -301, false)]
    [InlineData("1763740801", OfOpenSsl, 0, false)]
    [InlineData("9223372036854775807", OfOpenSsl, 0, false)]
    [InlineData("today", OfOpenSsl, 0, false)]
    [InlineData(null, OfOpenSsl, 0, false)]
    [InlineData("1763740800", "sha256=00", 0, false)]
    [InlineData("1763740800", null, 0, false)]
    public void IsValid_TellsForgedAndOldOnes(string? timestamp, string? signature, int secondsLater, bool expected) =>
        WebhookSignature.IsValid(_secret, timestamp, signature, _body, DateTimeOffset.FromUnixTimeSeconds(1763740800 + secondsLater), TimeSpan.FromMinutes(5)).ShouldBe(expected);

    [Fact]
    public void IsValid_AnotherBodyOrSecret_IsNot()
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1763740800);
        WebhookSignature.IsValid(_secret, "1763740800", OfOpenSsl, "{\"id\":\"y\"}"u8, now, TimeSpan.FromMinutes(5)).ShouldBeFalse();
        WebhookSignature.IsValid("another secret of 16"u8, "1763740800", OfOpenSsl, _body, now, TimeSpan.FromMinutes(5)).ShouldBeFalse();
    }
}
