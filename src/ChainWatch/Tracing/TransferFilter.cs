using System.Runtime.InteropServices;
using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>
/// Decides once per request and chain which transfers are followed, and counts the rest by reason. Reads values and assets,
/// so that the lanes need to read neither.
/// </summary>
internal sealed class TransferFilter
{
    private readonly ChainLog _log;
    private readonly TraceRequest _request;
    private readonly Dictionary<(int Asset, NotFollowedReason Reason), long> _counts = [];
    private readonly bool[] _recognised;
    private readonly Amount?[] _minimum;

    public TransferFilter(ChainLog log, TraceRequest request)
    {
        _log = log;
        _request = request;
        _recognised = [.. log.Assets.Select(a => request.AnyToken || request.Tokens.Recognises(a))];
        _minimum = [.. log.Assets.Select(a => request.MinValues.TryGetValue(a, out Amount m) ? m : (Amount?)null)];
        Plain = new Verdict[log.Entries.Length];
        MultiTargets = new MultiTargets?[log.Multis.Length];
        for (int b = 0; b < log.BlockTable.Length; b++)
        {
            JudgeBlock(b);
        }
    }

    public enum Verdict : byte
    {
        NotFollowed,
        Followed,
        Dust,
    }

    /// <summary>For every entry that is a plain transfer, whether it is followed. NotFollowed for movements.</summary>
    public Verdict[] Plain { get; }

    /// <summary>For every movement with several inputs or outputs, the targets that are followed and those that get dust; null where none.</summary>
    public MultiTargets?[] MultiTargets { get; }

    public IEnumerable<NotFollowedCount> Counts() => _counts
        .OrderBy(c => c.Key.Asset).ThenBy(c => c.Key.Reason)
        .Select(c => new NotFollowedCount(_log.Assets[c.Key.Asset], c.Key.Reason, c.Value));

    private void JudgeBlock(int block)
    {
        BlockInfo info = _log.BlockTable[block];
        bool inside = _request.Window.Holds(_log.Chain, info.Height, info.Time);
        int start = _log.Groups[info.FirstGroup].Start;
        int end = _log.EndOf(info.FirstGroup + info.GroupCount - 1);
        for (int i = start; i < end; i++)
        {
            LogEntry entry = _log.Entries[i];
            if (!inside)
            {
                Count(entry.Asset, NotFollowedReason.OutsideWindow);
            }
            else if (entry.Multi < 0)
            {
                Plain[i] = Judge(entry.Asset, entry.Source, entry.Target, entry.Value);
            }
            else
            {
                MultiTargets[entry.Multi] = Judge(entry.Asset, _log.Multis[entry.Multi]);
            }
        }
    }

    private MultiTargets? Judge(int asset, MultiMovement multi)
    {
        long withoutAddress = multi.Movement.Outputs.Count(o => o.Owner is null);
        if (withoutAddress > 0)
        {
            Count(asset, NotFollowedReason.NoAddress, withoutAddress);
        }

        if (multi.Movement.Inputs.Count == 0)
        {
            Count(asset, NotFollowedReason.NoOrigin, multi.Targets.Length);
            return null;
        }

        List<int> followed = [];
        List<int> dust = [];
        foreach ((int target, Amount value) in multi.Targets)
        {
            // A sole payer is its own change output's only source: no hop.
            int source = multi.Sources.Length == 1 ? multi.Sources[0] : -1;
            switch (Judge(asset, source, target, value))
            {
                case Verdict.Followed: followed.Add(target); break;
                case Verdict.Dust: dust.Add(target); break;
                default: break;
            }
        }

        return followed.Count + dust.Count == 0 || multi.Sources.Length == 0 ? null : new MultiTargets([.. followed], [.. dust]);
    }

    private Verdict Judge(int asset, int source, int target, Amount value)
    {
        if (value.IsZero)
        {
            return Count(asset, NotFollowedReason.ZeroValue);
        }

        if (source == target)
        {
            return Count(asset, NotFollowedReason.ToItself);
        }

        if (_log.AddressTable[target].IsZero || (source >= 0 && _log.AddressTable[source].IsZero))
        {
            return Count(asset, NotFollowedReason.MintOrBurn);
        }

        if (!_recognised[asset])
        {
            return Count(asset, NotFollowedReason.UnrecognisedToken);
        }

        if (value < _minimum[asset])
        {
            Count(asset, NotFollowedReason.Dust);
            return Verdict.Dust;
        }

        return Verdict.Followed;
    }

    private Verdict Count(int asset, NotFollowedReason reason, long count = 1)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (asset, reason), out _) += count;
        return Verdict.NotFollowed;
    }
}

/// <summary>The targets of a movement, by number and ascending, that are followed and that get dust.</summary>
internal sealed record MultiTargets(int[] Followed, int[] Dust);
