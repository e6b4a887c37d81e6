using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Faults;

/// <summary>
/// One way in which an endpoint misbehaves. Transient with <c>times</c>: it strikes the first requests that match and then
/// no more; persistent without. A fault counts as used only where it changed an answer.
/// </summary>
public sealed partial class Fault
{
    private readonly Lock _lock = new();
    private readonly int? _times;
    private string[] _methods = [];

    private Fault(int? times) => _times = times;

    /// <summary>How often it struck.</summary>
    public int Used { get; private set; }

    /// <summary>Answers instead of the endpoint, for a whole HTTP request; null lets it pass.</summary>
    internal Func<bool, LoopbackAnswer?>? InsteadOfRequest { get; init; }

    /// <summary>Spoils the bytes of an answer.</summary>
    internal Func<LoopbackAnswer, LoopbackAnswer>? Spoil { get; init; }

    /// <summary>Answers a call with an error instead of the endpoint; null lets it pass.</summary>
    internal Func<RpcCall, JsonObject?>? InsteadOfCall { get; init; }

    /// <summary>Changes an answer object in place; false where there was nothing to change.</summary>
    internal Func<RpcCall, JsonObject, bool>? Change { get; init; }

    /// <summary>How many blocks the endpoint is behind; 0 where it is not.</summary>
    internal long LagBlocks { get; init; }

    /// <summary>Restricts the fault to requests that call one of these methods.</summary>
    public Fault On(params string[] methods)
    {
        _methods = methods;
        return this;
    }

    internal bool Matches(string method) => (_methods.Length == 0 || _methods.Contains(method, StringComparer.Ordinal)) && (_times is null || Used < _times);

    /// <summary>Uses the fault once where it applies and is not used up.</summary>
    internal bool Strike(Func<bool> apply)
    {
        lock (_lock)
        {
            if ((_times is null || Used < _times) && apply())
            {
                Used++;
                return true;
            }

            return false;
        }
    }

    private static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };

    private static bool SetError(JsonObject answer, JsonObject error)
    {
        answer.Remove("result");
        answer["error"] = error;
        return true;
    }
}
