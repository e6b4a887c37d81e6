namespace ChainWatch.Graph.Building;

/// <summary>Takes the next rows in order. The span is valid during the call alone.</summary>
internal delegate void RowSink<TRow>(ReadOnlySpan<TRow> rows)
    where TRow : unmanaged;
