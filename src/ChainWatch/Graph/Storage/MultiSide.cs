namespace ChainWatch.Graph.Storage;

/// <summary>
/// One side of the movements with several inputs or outputs, by its owners' numbers alone: reads no amount, makes nothing.
/// For one thread.
/// </summary>
internal sealed class MultiSide
{
    private readonly NumberColumn _starts;
    private readonly NumberColumn _owners;
    private readonly int _offset;
    private readonly int _addresses;
    private int[] _distinct = [];

    private MultiSide(NumberColumn starts, NumberColumn owners, int offset, int addresses) =>
        (_starts, _owners, _offset, _addresses) = (starts, owners, offset, addresses);

    /// <summary>Who pays: owners of inputs, also of those said to hold nothing.</summary>
    public static MultiSide Payers(MultiColumn multis, int addresses) => new(multis.InputStarts, multis.InputOwners, 2, addresses);

    /// <summary>Who is paid: owners of outputs.</summary>
    public static MultiSide Payees(MultiColumn multis, int addresses) => new(multis.OutputStarts, multis.OutputOwners, 1, addresses);

    /// <summary>The addresses on this side of a movement: distinct, ascending. Good until the next call.</summary>
    /// <exception cref="ChainWatchException">One is none.</exception>
    public ReadOnlySpan<int> Of(int multi)
    {
        (int first, int end) = (_starts.At(multi), _starts.At(multi + 1));
        if (_distinct.Length < end - first)
        {
            _distinct = new int[Math.Max(end - first, 2 * _distinct.Length)];
        }

        int count = 0;
        for (int i = first; i < end; i++)
        {
            int owner = _owners.At(i) - _offset;
            if (owner >= _addresses)
            {
                throw new ChainWatchException($"movement {multi} of those with several inputs or outputs has address {owner}; expected one of the {_addresses} there are");
            }

            if (owner >= 0)
            {
                _distinct[count++] = owner;
            }
        }

        Span<int> owners = _distinct.AsSpan(0, count);
        owners.Sort();
        int kept = 0;
        foreach (int owner in owners)
        {
            if (kept == 0 || owners[kept - 1] != owner)
            {
                owners[kept++] = owner;
            }
        }

        return owners[..kept];
    }
}
