namespace ChainWatch.Graph.Appending;

/// <summary>What is kept of one chain to append to it.</summary>
internal sealed class ChainAppender
{
    public ChainAppender(LogTail tail)
    {
        Tail = tail;
        Known = new KnownNumbers(tail);
        Spent = new SpentOutputs(tail);
        LastBlock = tail.LastBlock;
    }

    public LogTail Tail { get; }

    /// <summary>What has a number.</summary>
    public KnownNumbers Known { get; }

    /// <summary>Whose the spent outputs were.</summary>
    public SpentOutputs Spent { get; }

    /// <summary>The addresses that were told to be contracts since the last commit.</summary>
    public HashSet<Address> Contracts { get; } = [];

    /// <summary>The highest block with a transfer; -1 where there is none.</summary>
    public long LastBlock { get; private set; }

    /// <summary>Takes that rows were appended.</summary>
    public void Update()
    {
        Known.Update();
        Spent.Update();
        LastBlock = Tail.LastBlock;
    }

    /// <summary>Forgets a part that was appended, and all that came after it.</summary>
    public void CutFrom(AppendedPart part)
    {
        Tail.CutFrom(part);
        Known.Cut();
        Spent.Cut();
        LastBlock = Tail.LastBlock;
    }
}
