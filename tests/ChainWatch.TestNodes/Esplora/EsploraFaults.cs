using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Esplora;

/// <content>The faults. <c>times</c> is how often each strikes; null until it is switched off.</content>
public sealed partial class EsploraFault
{
    /// <summary>HTTP 429.</summary>
    /// <param name="times">How often.</param>
    /// <param name="retryAfterSeconds">The header Retry-After; null for none.</param>
    public static EsploraFault TooManyRequests(int? times = null, int? retryAfterSeconds = null) => Of(Fault.TooManyRequests(null, retryAfterSeconds), times);

    /// <summary>A server's error with a page in HTML.</summary>
    public static EsploraFault ServerError(int status = 500, int? times = null) => Of(Fault.ServerError(status), times);

    /// <summary>A gateway's page about an error 502, under HTTP 200.</summary>
    public static EsploraFault GatewayPageUnder200(int? times = null) => new(times)
    {
        Instead = () => LoopbackAnswer.Text("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>") with { ContentType = "text/html" },
    };

    /// <summary>HTTP 200 without a body.</summary>
    public static EsploraFault EmptyBody(int? times = null) => new(times) { Instead = () => LoopbackAnswer.Text("") };

    /// <summary>The connection is cut in the middle of the body.</summary>
    public static EsploraFault CutConnection(int? times = null) => Of(Fault.CutConnection(), times);

    /// <summary>The body has its full length announced and its last third is missing. Strikes JSON alone: of a height, another height would be left.</summary>
    public static EsploraFault TruncatedJson(int? times = null) => new(times) { Spoil = answer => Parsed(answer) is null ? null : Fault.InvalidJson().Spoil!(answer) };

    /// <summary>An empty list where there is something.</summary>
    public static EsploraFault EmptyList(int? times = null) => new(times) { Spoil = answer => Parsed(answer) is JsonArray { Count: > 0 } ? EsploraAnswers.Json(new JsonArray()) : null };

    /// <summary>
    /// One transaction is left out in the middle of a list, so that the page is short and not the last. mempool/electrs does so
    /// with a transaction of which it cannot find all previous outputs (src/rest.rs, prepare_txs).
    /// </summary>
    public static EsploraFault DroppedTransaction(int? times = null) => new(times)
    {
        Spoil = answer =>
        {
            if (Parsed(answer) is not JsonArray { Count: > 0 } list || list[0] is not JsonObject)
            {
                return null;
            }

            list.RemoveAt(list.Count / 2);
            return EsploraAnswers.Json(list);
        },
    };

    /// <summary>The first page again: what was seen last is ignored.</summary>
    public static EsploraFault RepeatedPage(int? times = null) => new(times) { Ask = request => request.After is null ? null : request with { After = null } };

    /// <summary>The answer is about another address.</summary>
    public static EsploraFault AnotherAddress(Address address, int? times = null) => new(times)
    {
        Ask = request => request.Kind.StartsWith("address", StringComparison.Ordinal)
            ? request with { Parts = [request.Parts[0], address.ToCanonicalString(), .. request.Parts.Skip(2)] }
            : null,
    };

    /// <summary>The server is so far behind that this height is its last.</summary>
    public static EsploraFault LaggingAt(long height, int? times = null) => new(times)
    {
        Ask = request => request.Chain.Tip.Height > height ? request with { Chain = request.Chain.AsOf(height) } : null,
    };

    /// <summary>
    /// Answers from another chain: of another network for a wrong server, with another branch for a reorganisation. With
    /// <see cref="After"/> it comes between two pages.
    /// </summary>
    public static EsploraFault OtherChain(EsploraChain chain, int? times = null) => new(times) { Ask = request => request with { Chain = chain } };

    /// <summary>The first input that spends something has another previous output. The fee is told as it was.</summary>
    /// <param name="instead">The output told instead; null for none, as electrs tells it where it cannot find one.</param>
    /// <param name="times">How often.</param>
    public static EsploraFault WrongPreviousOutput(EsploraOutput? instead, int? times = null) => new(times)
    {
        Spoil = answer =>
        {
            JsonNode? body = Parsed(answer);
            JsonNode? input = (body is JsonArray many ? many : new JsonArray(body?.DeepClone()))
                .SelectMany(tx => (tx as JsonObject)?["vin"] as JsonArray ?? []).FirstOrDefault(vin => vin!["prevout"] is JsonObject);
            if (input is null)
            {
                return null;
            }

            input["prevout"] = instead is null ? null : EsploraJson.Output(instead, EsploraDialect.Blockstream);
            return EsploraAnswers.Json(body is JsonArray ? body : input.Parent!.Parent!);
        },
    };

    private static EsploraFault Of(Fault fault, int? times) => new(times)
    {
        Instead = fault.InsteadOfRequest is Func<bool, LoopbackAnswer?> instead ? () => instead(false)! : null,
        Spoil = fault.Spoil,
    };

    private static JsonNode? Parsed(LoopbackAnswer answer) => answer.Status == 200 && answer.Body is [(byte)'[' or (byte)'{', ..] ? JsonNode.Parse(answer.Body) : null;
}
