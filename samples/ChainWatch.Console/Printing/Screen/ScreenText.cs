namespace ChainWatch.Console.Printing.Screen;

/// <summary>The answers as people read them: each address with all that the lists say, then the sum of it.</summary>
internal sealed class ScreenText : IScreenWriter
{
    // A file of a million addresses has an answer that nobody reads: the rest is counted, and stands in the CSV.
    private const int MatchedMax = 100;
    private const int UnmatchedMax = 20;
    private readonly Stream _output;
    private readonly ScreenRun _run;
    private readonly Page _page;
    private readonly List<ScreenedAddress> _unmatched = [];
    private long _screened;
    private long _inForce;
    private long _notInForce;

    public ScreenText(Stream output, int width, bool colour, ScreenRun run)
    {
        (_output, _run) = (output, run);
        _page = new Page(width, colour);
    }

    public void Write(ScreenedAddress address)
    {
        _screened++;
        if (address.Screening.Matches.Count == 0)
        {
            if (_unmatched.Count < UnmatchedMax)
            {
                _unmatched.Add(address);
            }

            return;
        }

        _ = address.Screening.IsInForce ? _inForce++ : _notInForce++;
        if (_inForce + _notInForce <= MatchedMax)
        {
            MatchText.Write(_page, address);
        }
    }

    public void Finish()
    {
        More(_inForce + _notInForce - MatchedMax, "address with a match", "addresses with a match");
        long without = _screened - _inForce - _notInForce;
        string asked = $"[{string.Join(", ", _run.Lists.AddressLists.Select(list => $"{list.Name} {Words.Day(list.AsOf)}"))}]{(_run.AsOf is DateOnly day ? $" as of {Words.Day(day)}" : "")}";
        foreach (ScreenedAddress address in _unmatched)
        {
            MatchText.WriteName(_page, address);
            _page.Line($"no exact match in {asked}", 2);
            _page.Blank();
        }

        More(without - UnmatchedMax, "address without a match", "addresses without a match");
        if (_screened > 1)
        {
            _page.Line($"{Words.Count(_screened, "address", "addresses")} screened: {Words.Number(_inForce)} with a match in force, {Words.Number(_notInForce)} with a delisted entry only, {Words.Number(without)} without an exact match", 0, Styles.Strong);
        }

        string later = _run.Lists.AddressLists.Any(list => list.AsOf < _run.AsOf) ? "; the lists speak only to the dates given" : "";
        _page.Line($"asked: {asked}{later}; lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed", 0, Styles.Faint);
        foreach (string stale in _run.Stale)
        {
            _page.Line($"incomplete: {stale}", 0, Styles.Open);
        }

        using StreamWriter writer = new(_output, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        _page.WriteTo(writer);
    }

    public void Flush()
    {
        // The answer is one page, written when it is whole.
    }

    public void Dispose() => _page.Dispose();

    private void More(long count, string one, string many)
    {
        if (count > 0)
        {
            _page.Line($"and {Words.Count(count, $"more {one}", $"more {many}")}: --format csv", 0, Styles.Faint);
            _page.Blank();
        }
    }
}
