using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Plain;

/// <summary>
/// Decides once per request and chain which transfers are followed, and why the rest are not. Reads values and assets, so
/// that the lanes need to read neither.
/// </summary>
internal sealed class PlainFilter
{
    private readonly ChainLog _log;
    private readonly TraceRequest _request;
    private readonly bool[] _recognised;
    private readonly Amount?[] _minimum;
    private readonly int _zeroAddress;
    private readonly Verdict[] _plain;
    private readonly MultiTargets?[] _targets;

    public PlainFilter(ChainLog log, TraceRequest request)
    {
        _log = log;
        _request = request;
        _recognised = [.. log.Assets.Select(a => request.AnyToken || request.Tokens.Recognises(a))];
        _minimum = [.. log.Assets.Select(a => request.MinValues.TryGetValue(a, out Amount m) ? m : (Amount?)null)];
        _zeroAddress = log.Chain.IsEvm ? log.NumberOf(Address.FromPayload(log.Chain, AddressKind.Evm, new byte[20])) : -1;
        _plain = new Verdict[log.Entries.Length];
        _targets = new MultiTargets?[log.MultiCount];
        for (int b = 0; b < log.BlockTable.Length; b++)
        {
            JudgeBlock(b);
        }
    }

    /// <summary>Followed, or the reason why not, in the order in which the reasons are tried.</summary>
    public enum Verdict : byte
    {
        NotPlain,
        Followed,
        OutsideWindow,
        ZeroValue,
        ToItself,
        MintOrBurn,
        UnrecognisedToken,
        Dust,
    }

    /// <summary>Whether an entry that is a plain transfer is followed.</summary>
    public Verdict VerdictOf(int entry) => _plain[entry];

    /// <summary>The targets of a movement with several inputs or outputs, by verdict; null outside the window.</summary>
    public MultiTargets? TargetsOf(int multi) => _targets[multi];

    private void JudgeBlock(int block)
    {
        EntryColumn entries = _log.Entries;
        BlockInfo info = _log.BlockTable[block];
        bool inside = _request.Window.Holds(_log.Chain, info.Height, info.Time);
        int start = _log.Groups.StartOf(info.FirstGroup);
        int end = _log.EndOf(info.FirstGroup + info.GroupCount - 1);
        for (int i = start; i < end; i++)
        {
            int multi = entries.MultiOf(i);
            if (multi < 0)
            {
                _plain[i] = inside ? Judge(entries.AssetNumbers.At(i), entries.SourceOf(i)[0], entries.TargetOf(i)[0], entries.Values[i]) : Verdict.OutsideWindow;
            }
            else if (inside)
            {
                _targets[multi] = Judge(entries.AssetNumbers.At(i), _log.MultiAt(multi));
            }
        }
    }

    private MultiTargets Judge(int asset, MultiMovement multi)
    {
        List<int> followed = [];
        List<int> dust = [];
        List<NotFollowedReason> not = [.. Enumerable.Repeat(NotFollowedReason.NoAddress, multi.Movement.Outputs.Count(o => o.Owner is null))];
        foreach ((int target, Amount value) in multi.Targets)
        {
            // A sole payer is its own change output's only source: no hop. Without any known payer there is no hop either.
            Verdict verdict = multi.Movement.Inputs.Count > 0 ? Judge(asset, multi.Payers == 1 && multi.Sources.Length == 1 ? multi.Sources[0] : -1, target, value) : Verdict.NotPlain;
            switch (verdict)
            {
                case Verdict.Followed: followed.Add(target); break;
                case Verdict.NotPlain: not.Add(NotFollowedReason.NoOrigin); break;
                default: not.Add(ReasonOf(verdict)); break;
            }

            if (verdict == Verdict.Dust)
            {
                dust.Add(target);
            }
        }

        // Reversed, payees lead back to spent outputs without an address, too.
        bool hasPayers = multi.Sources.Length > 0 || multi.Movement.Inputs.Any(i => i.IsWithoutAddress);
        return new MultiTargets(hasPayers ? [.. followed] : [], hasPayers ? [.. dust] : [], [.. not.CountBy(r => r).OrderBy(r => r.Key).Select(r => (r.Key, r.Value))]);
    }

    private Verdict Judge(int asset, int source, int target, Amount value) =>
        value.IsZero ? Verdict.ZeroValue
        : source == target ? Verdict.ToItself
        : _zeroAddress >= 0 && (target == _zeroAddress || source == _zeroAddress) ? Verdict.MintOrBurn
        : !_recognised[asset] ? Verdict.UnrecognisedToken
        : _minimum[asset] is Amount minimum && value < minimum ? Verdict.Dust
        : Verdict.Followed;

    private static NotFollowedReason ReasonOf(Verdict verdict) => verdict switch
    {
        Verdict.ZeroValue => NotFollowedReason.ZeroValue,
        Verdict.ToItself => NotFollowedReason.ToItself,
        Verdict.MintOrBurn => NotFollowedReason.MintOrBurn,
        Verdict.UnrecognisedToken => NotFollowedReason.UnrecognisedToken,
        Verdict.Dust => NotFollowedReason.Dust,
        _ => NotFollowedReason.OutsideWindow,
    };
}
