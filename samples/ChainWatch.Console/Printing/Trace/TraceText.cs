using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The answer of a trace as people read it: question, answer, evidence, what lies behind the stops, what it rests on.</summary>
internal sealed class TraceText
{
    private readonly Page _page;
    private readonly TraceResult _result;
    private readonly KnownNames _names;
    private readonly AmountText _amounts;

    private TraceText(Page page, TraceResult result)
    {
        _page = page;
        _result = result;
        _names = new KnownNames(result.Request);
        _amounts = new AmountText(result.Request.Tokens);
    }

    /// <param name="page">Where to.</param>
    /// <param name="result">The answer.</param>
    /// <param name="references">The references that the wallets came with.</param>
    public static void Write(Page page, TraceResult result, IReadOnlyDictionary<Address, string> references) => new TraceText(page, result).Write(references);

    private void Write(IReadOnlyDictionary<Address, string> references)
    {
        Question.Write(_page, _result);
        PathText paths = new(_page, _names, _amounts);
        if (_result.Request.To.Count > 0)
        {
            new Findings(_page, _result, paths, _amounts).Write(references);
        }
        else
        {
            foreach (TracedList list in _result.Lists)
            {
                foreach (Direction direction in Question.Directions(_result.Request))
                {
                    new ListAnswer(_page, _result, list, direction, _names, paths).Write();
                }
            }
        }

        CoinJoinsTable.Write(_page, _result);
        CoSpendings.Write(_page, _result);
        NotFollowedTable.Write(_page, _result, _amounts);
        CoverageText.Write(_page, _result.Coverage);
        ListsUsed.Write(_page, _result);
        Limits.Write(_page);
    }
}
