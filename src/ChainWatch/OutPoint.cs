using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChainWatch;

/// <summary>An output of a UTXO transaction, written <c>txid:n</c>.</summary>
/// <param name="Tx">The transaction that made the output.</param>
/// <param name="Index">The output's index in it, from 0.</param>
public readonly record struct OutPoint(TxId Tx, int Index)
{
    /// <summary>Reads <c>txid:n</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OutPoint outPoint)
    {
        outPoint = default;
        int colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0
            || !TxId.TryParse(text.AsSpan(0, colon), out TxId tx)
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return false;
        }

        outPoint = new OutPoint(tx, index);
        return true;
    }

    /// <summary><c>txid:n</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tx}:{Index}");
}
