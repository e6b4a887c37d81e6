using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin;

/// <summary>Counts outputs without an address, by form: the coverage tells them.</summary>
internal sealed class ScriptTally
{
    private readonly long[] _counts = new long[(int)ScriptKind.NullData + 1];

    public void Count(ScriptKind kind) => _counts[(int)kind]++;

    public void Add(ScriptTally other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The counts, as the coverage tells them.</summary>
    public IReadOnlyList<CoverageCount> Counts() =>
    [
        .. new[] { (ScriptKind.NullData, "OP_RETURN outputs"), (ScriptKind.Multisig, "bare multisig outputs"), (ScriptKind.NonStandard, "non-standard outputs") }
            .Where(k => _counts[(int)k.Item1] > 0)
            .Select(k => new CoverageCount(k.Item2, _counts[(int)k.Item1])),
    ];
}
