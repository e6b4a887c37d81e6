namespace ChainWatch.Graph.Storage;

/// <summary>
/// Some numbers of a column in a row, required once and then read without checks: for loops over millions. The column's memory
/// must be kept alive by the caller.
/// </summary>
internal readonly unsafe ref struct NumberRun
{
    private readonly byte* _first;
    private readonly int _width;
    private readonly ulong _constant;

    /// <param name="first">Where number 0 of the column would stand.</param>
    /// <param name="width">Bytes a number; 0 where all are the same.</param>
    /// <param name="constant">That one number.</param>
    public NumberRun(byte* first, int width, ulong constant)
    {
        _first = first;
        _width = width;
        _constant = constant;
    }

    /// <summary>A number, by its place in the column; it must be inside the run.</summary>
    public ulong this[int i] => _width switch
    {
        0 => _constant,
        1 => _first[i],
        2 => ((ushort*)_first)[i],
        4 => ((uint*)_first)[i],
        _ => ((ulong*)_first)[i],
    };
}
