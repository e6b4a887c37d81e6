namespace ChainWatch.Ethereum;

/// <summary>How many blocks to ask for at once: half where the node refuses, twice as many again where it does not.</summary>
internal sealed class AdaptiveRange(int start)
{
    private const int Most = 100_000;
    private readonly Lock _lock = new();
    private int _blocks = start;
    private int _refused = int.MaxValue;

    public int Blocks
    {
        get
        {
            lock (_lock)
            {
                return _blocks;
            }
        }
    }

    /// <summary>So many were too many.</summary>
    public void Refuse(long blocks)
    {
        lock (_lock)
        {
            _refused = (int)Math.Min(_refused, blocks);
            _blocks = (int)Math.Max(1, Math.Min(_blocks, blocks / 2));
        }
    }

    /// <summary>So many were taken.</summary>
    public void Accept(long blocks)
    {
        lock (_lock)
        {
            if (blocks >= _blocks)
            {
                // Not at once to what was refused: it may have been refused for its results, and be taken elsewhere.
                _blocks = (int)Math.Min(Most, Math.Min((long)_blocks * 2, Math.Max(_blocks, _refused - 1L)));
                _refused = _refused == int.MaxValue ? _refused : _refused + Math.Max(1, _refused / 16);
            }
        }
    }
}
