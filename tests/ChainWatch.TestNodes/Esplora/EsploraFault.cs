using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>
/// One way in which an Esplora server misbehaves: a number of times, or until it is switched off. It counts as used only
/// where it changed an answer.
/// </summary>
public sealed partial class EsploraFault
{
    private readonly Lock _lock = new();
    private readonly int? _times;
    private string[] _kinds = [];
    private int _spared;
    private bool _isOff;

    private EsploraFault(int? times) => _times = times;

    /// <summary>How often it struck.</summary>
    public int Used { get; private set; }

    private Func<LoopbackAnswer>? Instead { get; init; }

    private Func<EsploraRequest, EsploraRequest?>? Ask { get; init; }

    private Func<LoopbackAnswer, LoopbackAnswer?>? Spoil { get; init; }

    /// <summary>Restricts it to some kinds of request (<see cref="EsploraKind"/>).</summary>
    public EsploraFault On(params string[] kinds)
    {
        _kinds = kinds;
        return this;
    }

    /// <summary>Spares the first requests that it would have struck.</summary>
    public EsploraFault After(int requests)
    {
        _spared = requests;
        return this;
    }

    /// <summary>Ends it.</summary>
    public void SwitchOff() => _isOff = true;

    /// <summary>The answer instead of the server's; null where it lets the request pass.</summary>
    internal LoopbackAnswer? InsteadOf(EsploraRequest request) => Strike(request, Instead);

    /// <summary>The request that is answered instead.</summary>
    internal EsploraRequest Asked(EsploraRequest request) => Strike<EsploraRequest>(request, Ask is null ? null : () => Ask(request)) ?? request;

    /// <summary>The answer that is sent instead.</summary>
    internal LoopbackAnswer Spoilt(EsploraRequest request, LoopbackAnswer answer) => Strike<LoopbackAnswer>(request, Spoil is null ? null : () => Spoil(answer)) ?? answer;

    private T? Strike<T>(EsploraRequest request, Func<T?>? apply)
        where T : class
    {
        lock (_lock)
        {
            if (apply is null || _isOff || Used >= _times || (_kinds.Length > 0 && !_kinds.Contains(request.Kind, StringComparer.Ordinal)) || apply() is not T changed)
            {
                return null;
            }

            if (_spared > 0)
            {
                _spared--;
                return null;
            }

            Used++;
            return changed;
        }
    }
}
