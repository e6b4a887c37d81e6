namespace ChainWatch.Rpc;

/// <summary>
/// An HTTP endpoint with its credentials. What is printed of it is scheme, host and port: paths and queries often hold keys.
/// </summary>
public sealed record RpcEndpoint
{
    private RpcEndpoint(Uri uri, string? user, string? password) => (Uri, User, Password) = (uri, user, password);

    /// <summary>Scheme, host and port (where it is not the scheme's own): what messages, logs and reports print.</summary>
    public string Name => NameOf(Uri);

    /// <summary>The user for basic authentication; null: none.</summary>
    public string? User { get; init; }

    /// <summary>The password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>A bearer token; null: none.</summary>
    public string? BearerToken { get; init; }

    /// <summary>Further headers of every request, such as an API key's.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the path names version 2 of an API.</summary>
    public bool IsVersion2 => Uri.AbsolutePath.Split('/').Contains("v2", StringComparer.OrdinalIgnoreCase);

    /// <summary>The address with path and query, without user and password.</summary>
    internal Uri Uri { get; }

    /// <summary>Texts that must not be printed.</summary>
    internal IEnumerable<string> Secrets => Spelled([Password, BearerToken, Basic, .. Headers.Values], CredentialLengthMin)
        .Concat(Spelled(
        [
            Uri.PathAndQuery, Uri.AbsolutePath.Trim('/'), Uri.Query.TrimStart('?'), User, .. Uri.AbsolutePath.Split('/'),
            .. Uri.Query.TrimStart('?').Split('&').Select(p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..]),
        ], PartLengthMin))
        .Distinct(StringComparer.Ordinal);

    // Shorter parts of a URL are words such as v3, and would blot out ordinary text; a password is one whatever its length.
    private const int PartLengthMin = 6;
    internal const int CredentialLengthMin = 3;

    private string? Basic => User is null ? null : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{Password}"));

    private static IEnumerable<string> Spelled(IEnumerable<string?> texts, int lengthMin) => texts.OfType<string>()
        .SelectMany(s => new[] { s, System.Uri.UnescapeDataString(s), System.Uri.EscapeDataString(s) }).Where(s => s.Length >= lengthMin);

    /// <summary>Reads a URL; <c>user:password@</c> in it becomes basic authentication.</summary>
    /// <exception cref="ChainWatchException">No <c>http</c> or <c>https</c> URL. The message does not repeat what may hold a key.</exception>
    public static RpcEndpoint Parse(string text)
    {
        RpcEndpoint endpoint = ParseAnyScheme(text);
        return endpoint.Uri.Scheme == Uri.UriSchemeHttp || endpoint.Uri.Scheme == Uri.UriSchemeHttps
            ? endpoint
            : throw new ChainWatchException($"'{endpoint.Uri.Scheme}://{endpoint.Uri.Host}' is not reached over HTTP; expected http:// or https://");
    }

    /// <summary>
    /// Reads a URL of any scheme (<c>ws</c>, <c>wss</c>, …) that has a host: for an HTTP client whose handler carries requests in
    /// another way than HTTP. <see cref="RpcHttp.Create"/>'s does not.
    /// </summary>
    /// <exception cref="ChainWatchException">No URL with a host. The message does not repeat what may hold a key.</exception>
    public static RpcEndpoint ParseAnyScheme(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            throw new ChainWatchException("is no URL; expected http://HOST:PORT or https://HOST/…");
        }

        string[] credentials = uri.UserInfo.Length == 0 ? [] : uri.UserInfo.Split(':', 2);
        Uri bare = new UriBuilder(uri) { UserName = "", Password = "", Fragment = "" }.Uri;
        return new RpcEndpoint(bare, credentials.Length > 0 ? Uri.UnescapeDataString(credentials[0]) : null, credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : null);
    }

    /// <summary>What is printed of a URL: scheme, host and port.</summary>
    internal static string NameOf(Uri uri) =>
        uri.IsDefaultPort ? $"{uri.Scheme}://{uri.Host}" : $"{uri.Scheme}://{uri.Host}:{uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary><see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>Puts the credentials on a request.</summary>
    /// <exception cref="RpcException">A header cannot be sent. Its value is not repeated.</exception>
    internal void Authorize(HttpRequestMessage request)
    {
        if (BearerToken is not null)
        {
            Add(request, "Authorization", $"Bearer {BearerToken}");
        }
        else if (Basic is not null)
        {
            Add(request, "Authorization", $"Basic {Basic}");
        }

        foreach ((string name, string value) in Headers)
        {
            Add(request, name, value);
        }
    }

    // A header that HTTP does not take would be left out without a word, and the answer would be "unauthorized".
    private void Add(HttpRequestMessage request, string name, string value)
    {
        if (!value.All(c => c is >= ' ' and <= '~') || !request.Headers.TryAddWithoutValidation(name, value))
        {
            throw new RpcException($"{Name}: the header '{new string([.. name.Where(c => c is > ' ' and <= '~')])}' cannot be sent; expected a header's name, and a value of printable ASCII on one line");
        }
    }
}
