using System.Globalization;
using ChainWatch.Bitcoin.Decoding;

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

    /// <summary>One sentence; null where there are none.</summary>
    public string? Describe()
    {
        string[] parts = [.. new[] { (ScriptKind.NullData, "OP_RETURN"), (ScriptKind.Multisig, "bare multisig"), (ScriptKind.NonStandard, "non-standard") }
            .Where(k => _counts[(int)k.Item1] > 0)
            .Select(k => string.Create(CultureInfo.InvariantCulture, $"{_counts[(int)k.Item1]} {k.Item2}"))];
        return parts.Length == 0 ? null : $"outputs without an address: {string.Join(", ", parts)}";
    }
}
