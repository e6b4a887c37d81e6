using System.Buffers.Binary;

namespace ChainWatch.Heuristics;

/// <summary>What the CoinJoin rules look at, counted once: values in satoshis, owners, and the most frequent output value.</summary>
internal sealed class MovementShape
{
    private const ulong SatoshisMax = 21_000_000UL * 100_000_000;
    private readonly Dictionary<Address, UInt128> _spentBy = [];
    private readonly List<ulong> _spentByUnknown = [];

    private MovementShape(Movement movement, ulong[] inputValues, ulong[] outputValues)
    {
        Movement = movement;
        InputValues = inputValues;
        OutputValues = outputValues;
        Outputs = [.. outputValues];
        Array.Sort(Outputs);
        (EqualValue, EqualCount) = MostFrequent(Outputs);
        CountInputs();
        CountOutputs();
    }

    public Movement Movement { get; }

    /// <summary>In the movement's order; 0 where unknown.</summary>
    public ulong[] InputValues { get; }

    /// <summary>In the movement's order.</summary>
    public ulong[] OutputValues { get; }

    /// <summary>The outputs' values, ascending.</summary>
    public ulong[] Outputs { get; }

    /// <summary>Distinct input owners; each unknown one counts.</summary>
    public int Owners => _spentBy.Count + _spentByUnknown.Count;

    /// <summary>The most frequent output value; the smallest of several.</summary>
    public ulong EqualValue { get; }

    /// <summary>How many outputs have <see cref="EqualValue"/>.</summary>
    public int EqualCount { get; }

    /// <summary>Distinct addresses that get <see cref="EqualValue"/> and own no input.</summary>
    public int EqualPayees { get; private set; }

    /// <summary>Distinct addresses among all outputs.</summary>
    public int Addresses { get; private set; }

    /// <summary>How many output values occur once.</summary>
    public int UniqueValues
    {
        get
        {
            int unique = 0;
            for (int i = 0; i < Outputs.Length; i++)
            {
                bool differs = (i == 0 || Outputs[i - 1] != Outputs[i]) && (i + 1 == Outputs.Length || Outputs[i + 1] != Outputs[i]);
                unique += differs ? 1 : 0;
            }

            return unique;
        }
    }

    /// <summary>Null where no rule can hold: an output has no address, or a value is above 21 million BTC.</summary>
    public static MovementShape? Of(Movement movement)
    {
        ulong[] inputs = new ulong[movement.Inputs.Count];
        ulong[] outputs = new ulong[movement.Outputs.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (movement.Outputs[i].Owner is null || !TryGetSatoshis(movement.Outputs[i].Value, out outputs[i]))
            {
                return null;
            }
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (!TryGetSatoshis(movement.Inputs[i].Value, out inputs[i]))
            {
                return null;
            }
        }

        return new MovementShape(movement, inputs, outputs);
    }

    /// <summary>True where each of <see cref="EqualPayees"/> can have been paid for by another input owner.</summary>
    /// <remarks>
    /// Whoever takes one equal output brings in its value. So the owners' sums, none counted above that value, must come
    /// to it once per payee. 1 % is left for the fees that a JoinMarket maker earns and a coordinator forgives.
    /// </remarks>
    public bool OwnersCanPayEqual()
    {
        UInt128 paid = 0;
        foreach (UInt128 spent in _spentBy.Values)
        {
            paid += UInt128.Min(spent, EqualValue);
        }

        foreach (ulong spent in _spentByUnknown)
        {
            paid += Math.Min(spent, EqualValue);
        }

        return paid * 100 >= (UInt128)EqualValue * (uint)EqualPayees * 99;
    }

    /// <summary>True where every known input owner and every output is of a kind.</summary>
    public bool HasOnly(params ReadOnlySpan<AddressKind> kinds)
    {
        foreach (Address owner in _spentBy.Keys)
        {
            if (!kinds.Contains(owner.Kind))
            {
                return false;
            }
        }

        for (int i = 0; i < Movement.Outputs.Count; i++)
        {
            if (!kinds.Contains(Movement.Outputs[i].Owner!.Value.Kind))
            {
                return false;
            }
        }

        return true;
    }

    private void CountInputs()
    {
        for (int i = 0; i < InputValues.Length; i++)
        {
            if (Movement.Inputs[i].Owner is Address owner)
            {
                _spentBy[owner] = _spentBy.GetValueOrDefault(owner) + InputValues[i];
            }
            else
            {
                _spentByUnknown.Add(InputValues[i]);
            }
        }
    }

    private void CountOutputs()
    {
        HashSet<Address> all = [];
        HashSet<Address> equal = [];
        for (int i = 0; i < OutputValues.Length; i++)
        {
            Address payee = Movement.Outputs[i].Owner!.Value;
            all.Add(payee);
            if (OutputValues[i] == EqualValue && !_spentBy.ContainsKey(payee))
            {
                equal.Add(payee);
            }
        }

        (Addresses, EqualPayees) = (all.Count, equal.Count);
    }

    private static (ulong Value, int Count) MostFrequent(ulong[] ascending)
    {
        (ulong value, int count) = (0, 0);
        for (int start = 0, i = 1; i <= ascending.Length; i++)
        {
            if (i == ascending.Length || ascending[i] != ascending[start])
            {
                (value, count) = i - start > count ? (ascending[start], i - start) : (value, count);
                start = i;
            }
        }

        return (value, count);
    }

    private static bool TryGetSatoshis(Amount amount, out ulong satoshis)
    {
        satoshis = 0;
        if (amount > Amount.From(SatoshisMax))
        {
            return false;
        }

        Span<byte> word = stackalloc byte[32];
        amount.CopyBigEndian(word);
        satoshis = BinaryPrimitives.ReadUInt64BigEndian(word[24..]);
        return true;
    }
}
