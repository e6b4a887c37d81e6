namespace ChainWatch.Tracing.Live;

/// <summary>What is needed to take back the last blocks. The oldest is forgotten when there are too many.</summary>
internal sealed class BlockStack<T>
{
    private readonly LinkedList<T> _blocks = new();

    /// <summary>How many blocks can be taken back.</summary>
    public int Count => _blocks.Count;

    /// <summary>Adds a block.</summary>
    public void Push(T block)
    {
        _blocks.AddLast(block);
        if (_blocks.Count > LiveTrace.DepthMax)
        {
            _blocks.RemoveFirst();
        }
    }

    /// <summary>Takes the last one off.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Pop()
    {
        LinkedListNode<T> last = _blocks.Last ?? throw new InvalidOperationException($"no block can be taken back any more: at most {LiveTrace.DepthMax} can");
        _blocks.RemoveLast();
        return last.Value;
    }
}
