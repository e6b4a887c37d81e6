using System.Runtime.CompilerServices;
using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// What becomes of one transfer, by its asset, its value and its two ends: the rules alone. What they make of an asset is found
/// out when it is first asked for, and kept by its number.
/// </summary>
internal sealed class TransferJudge
{
    private const byte IsJudged = 1;
    private const byte IsRecognised = 2;
    private const byte HasMinimum = 4;
    private readonly TraceRequest _request;
    private readonly Address? _zero;
    private readonly Dictionary<int, Amount> _minimum = [];
    private byte[] _assets = [];

    /// <param name="log">The transfers.</param>
    /// <param name="request">The question.</param>
    public TransferJudge(ChainLog log, TraceRequest request)
    {
        _request = request;
        _zero = log.Chain.IsEvm ? Address.FromPayload(log.Chain, AddressKind.Evm, new byte[20]) : null;
        ZeroAddress = _zero is Address zero ? log.NumberOf(zero) : -1;
    }

    /// <summary>The number of the zero address, which mints and burns; -1 where it does not occur.</summary>
    public int ZeroAddress { get; private set; }

    /// <summary>Whether any asset may have a minimum.</summary>
    public bool HasMinimums => _request.MinValues.Count > 0;

    /// <summary>Takes that addresses first occur in a log that goes on.</summary>
    /// <param name="log">The log.</param>
    /// <param name="first">The first of them: what was known of numbers from there on counts no more.</param>
    /// <param name="end">The number behind the last.</param>
    public void TakeAddresses(ChainLog log, int first, int end)
    {
        ZeroAddress = ZeroAddress < first ? ZeroAddress : -1;
        for (int number = first; number < end && _zero is not null; number++)
        {
            ZeroAddress = log.AddressTable[number] == _zero ? number : ZeroAddress;
        }
    }

    /// <summary>Makes room for the assets of a log. Asked for one by one they are judged by one thread.</summary>
    public void Grow(ChainLog log)
    {
        if (log.Assets.Length > _assets.Length)
        {
            Array.Resize(ref _assets, Math.Max(log.Assets.Length, 2 * _assets.Length));
        }
    }

    /// <summary>Judges all assets of a log, so that any number of threads may ask.</summary>
    public void JudgeAssets(ChainLog log)
    {
        Grow(log);
        for (int asset = 0; asset < log.Assets.Length; asset++)
        {
            OfAsset(log, asset);
        }
    }

    /// <summary>Forgets the assets: their numbers are given anew.</summary>
    public void ForgetAssets()
    {
        Array.Clear(_assets);
        _minimum.Clear();
    }

    /// <summary>Why a transfer is not followed; null where it is. The reasons are tried in this order.</summary>
    public NotFollowedReason? Judge(ChainLog log, int asset, int source, int target, Amount value) =>
        value.IsZero ? NotFollowedReason.ZeroValue
        : source == target ? NotFollowedReason.ToItself
        : IsMintOrBurn(source, target) ? NotFollowedReason.MintOrBurn
        : (OfAsset(log, asset) & IsRecognised) == 0 ? NotFollowedReason.UnrecognisedToken
        : (OfAsset(log, asset) & HasMinimum) != 0 && value < _minimum[asset] ? NotFollowedReason.Dust
        : null;

    /// <summary>Whether a transfer of a value above zero is followed, or would be but for its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayFollow(ChainLog log, int asset, int source, int target) =>
        source != target && (OfAsset(log, asset) & IsRecognised) != 0 && !IsMintOrBurn(source, target);

    /// <summary>Whether a value is below its asset's minimum.</summary>
    public bool IsDust(ChainLog log, int asset, int entry) => (OfAsset(log, asset) & HasMinimum) != 0 && log.Entries.Values[entry] < _minimum[asset];

    private bool IsMintOrBurn(int source, int target) => ZeroAddress >= 0 && (target == ZeroAddress || source == ZeroAddress);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte OfAsset(ChainLog log, int number) => _assets[number] is not 0 and byte known ? known : JudgeAsset(log, number);

    private byte JudgeAsset(ChainLog log, int number)
    {
        Asset asset = log.Assets[number];
        int judged = IsJudged | (_request.AnyToken || _request.Tokens.Recognises(asset) ? IsRecognised : 0);
        if (_request.MinValues.TryGetValue(asset, out Amount minimum))
        {
            judged |= HasMinimum;
            _minimum[number] = minimum;
        }

        return _assets[number] = (byte)judged;
    }
}
