namespace ChainWatch.Graph;

/// <summary>
/// Which output each input spends, for one chain's movements. Outputs are numbered through all movements: those numbers are
/// the coins. Inputs, too, in the same order.
/// </summary>
internal sealed class CoinLinks
{
    private readonly int[] _firstInput;
    private readonly int[] _firstOutput;
    private readonly int[] _spent;
    private readonly bool[] _paysNoAddress;
    private readonly bool[] _spentWithoutAddress;
    private readonly bool[] _spendsNoAddress;

    public CoinLinks(ChainLog log)
    {
        MultiMovement[] movements = [.. Enumerable.Range(0, log.MultiCount).Select(log.MultiAt)];
        _firstInput = new int[movements.Length + 1];
        _firstOutput = new int[movements.Length + 1];
        Dictionary<TxId, int> makers = [];
        for (int m = 0; m < movements.Length; m++)
        {
            Movement movement = movements[m].Movement;
            _firstInput[m + 1] = _firstInput[m] + movement.Inputs.Count;
            _firstOutput[m + 1] = checked(_firstOutput[m] + movement.Outputs.Count);
            if (CoinResolver.MadeBy(movement) is TxId made)
            {
                makers[made] = m;
            }
        }

        AreKnown = makers.Count > 0;
        _paysNoAddress = Array.ConvertAll(movements, m => m.Movement.Outputs.Any(o => o.Owner is null && !o.Value.IsZero));
        _spentWithoutAddress = new bool[movements.Length];
        _spendsNoAddress = new bool[movements.Length];
        _spent = new int[_firstInput[^1]];
        Array.Fill(_spent, -1);
        for (int m = 0; m < movements.Length; m++)
        {
            IReadOnlyList<MovementInput> inputs = movements[m].Movement.Inputs;
            for (int i = 0; i < inputs.Count; i++)
            {
                _spendsNoAddress[m] |= inputs[i].IsWithoutAddress;
                if (inputs[i].OutPoint is OutPoint spent && makers.TryGetValue(spent.Tx, out int maker)
                    && CoinResolver.IndexOf(movements[maker].Movement, spent) is >= 0 and int output)
                {
                    _spent[_firstInput[m] + i] = _firstOutput[maker] + output;
                    _spentWithoutAddress[maker] |= movements[maker].Movement.Outputs[output].Owner is null;
                }
            }
        }
    }

    /// <summary>False where the data tell no outpoints: then nothing is known of coins.</summary>
    public bool AreKnown { get; }

    /// <summary>The coin that a movement's input spends, or -1 where it is not at hand.</summary>
    public int SpentBy(int movement, int input) => _spent[_firstInput[movement] + input];

    /// <summary>The coin that a movement's output makes.</summary>
    public int MadeBy(int movement, int output) => _firstOutput[movement] + output;

    /// <summary>Whether a movement pays any value to an output without an address.</summary>
    public bool PaysNoAddress(int movement) => _paysNoAddress[movement];

    /// <summary>Whether the data show that an output without an address, which a movement pays, was spent.</summary>
    public bool IsSpentWithoutAddress(int movement) => _spentWithoutAddress[movement];

    /// <summary>Whether a movement spends an output without an address.</summary>
    public bool SpendsNoAddress(int movement) => _spendsNoAddress[movement];
}
