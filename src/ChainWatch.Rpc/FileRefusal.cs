using System.Globalization;
using System.Net;

namespace ChainWatch.Rpc;

/// <summary>Tells an answer that holds a file from one that does not, by its status and headers.</summary>
internal static class FileRefusal
{
    // AWS and Cloudflare name their challenges so. A challenge comes with 202 and no body, with 403 or 405 and a page, or with 200.
    private static readonly string[] ChallengeHeaders = ["x-amzn-waf-action", "cf-mitigated"];

    public static bool IsRedirect(HttpResponseMessage response) => response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>What is wrong with an answer that is no redirect; null where a file follows.</summary>
    public static (RpcErrorKind Kind, string Problem)? Of(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        string http = string.Create(CultureInfo.InvariantCulture, $"HTTP {status}");
        if (Array.Exists(ChallengeHeaders, response.Headers.Contains))
        {
            return (RpcErrorKind.Unauthorized, $"{http}, the challenge of a web firewall: it wants a browser and gives a program no file");
        }

        return status switch
        {
            200 => null,
            202 => (RpcErrorKind.Unauthorized, response.Content.Headers.ContentLength is null or 0
                ? $"{http} with an empty body: mostly the challenge of a web firewall, which gives a program no file"
                : $"{http}: taken in hand, and no file; mostly the challenge of a web firewall"),
            401 or 407 => (RpcErrorKind.Unauthorized, $"{http}: a user and password are wanted, or others than were given"),
            403 => (RpcErrorKind.Unauthorized, $"{http}: refused, mostly by a web firewall that does not take this program or this network"),
            404 or 410 => (RpcErrorKind.Fatal, $"{http}: there is no such file; expected the file's URL"),
            < 300 => (RpcErrorKind.Fatal, $"{http} and no whole file; expected HTTP 200"),
            _ => OfClass(RpcErrorClassifier.Classify(status, null, null), http),
        };
    }

    private static (RpcErrorKind Kind, string Problem) OfClass(RpcErrorKind kind, string http) => kind switch
    {
        RpcErrorKind.RateLimited => (kind, $"{http}: asked too often; expected to be asked later"),
        RpcErrorKind.Transient => (kind, $"{http}: the server fails; expected to be asked later"),
        _ => (RpcErrorKind.Fatal, $"{http} and no file; expected HTTP 200"),
    };
}
