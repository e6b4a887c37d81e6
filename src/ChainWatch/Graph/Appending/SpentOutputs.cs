namespace ChainWatch.Graph.Appending;

/// <summary>
/// Tells the inputs of movements that are appended whose the outputs were that they spend, where a source left that open and
/// the outputs are at hand. What a source told itself is compared with the outputs that were appended.
/// </summary>
/// <param name="tail">The chain's log.</param>
internal sealed class SpentOutputs(LogTail tail)
{
    private MakerIndex? _appended;
    private MakerIndex? _built;

    /// <summary>The movement with its inputs told.</summary>
    /// <exception cref="ChainWatchException">A source told another owner or value than the output at hand has.</exception>
    public Movement Resolve(Movement movement)
    {
        MovementInput[]? inputs = null;
        for (int i = 0; i < movement.Inputs.Count; i++)
        {
            MovementInput input = movement.Inputs[i];
            if (input.OutPoint is OutPoint spent && MakerOf(spent.Tx, isOpen: input.IsUnknown || input.Value.IsZero) is Movement maker
                && CoinResolver.OutputOf(maker, spent) is MovementOutput output)
            {
                inputs ??= [.. movement.Inputs];
                inputs[i] = new CoinResolver(tail.Chain, []).Join(movement, input, output);
            }
        }

        return inputs is null ? movement : movement with { Inputs = inputs };
    }

    /// <summary>Takes what was appended since.</summary>
    public void Update() => _appended?.Update(tail.Log);

    /// <summary>Forgets what was taken back.</summary>
    public void Cut() => _appended = null;

    // The table of what was built is made when it is first needed: a source that tells owners and values needs none.
    private Movement? MakerOf(TxId tx, bool isOpen)
    {
        ChainLog log = tail.Log;
        int built = log.Columns.Multis.Entries.BaseCount;
        if (_appended is null)
        {
            _appended = new MakerIndex(built);
            _appended.Update(log);
        }

        int maker = _appended.Find(tx, log);
        if (maker < 0 && isOpen && built > 0)
        {
            if (_built is null)
            {
                _built = new MakerIndex(0);
                _built.Update(log, built);
            }

            maker = _built.Find(tx, log);
        }

        return maker < 0 ? null : log.MultiAt(maker).Movement;
    }
}
