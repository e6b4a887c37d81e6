namespace ChainWatch.Graph.Building;

/// <summary>The order of rows. A struct, so that comparing is compiled into the sort; asked from several threads.</summary>
internal interface IRowOrder<TRow>
    where TRow : unmanaged
{
    /// <summary>A number that never falls from one row to a later one in the order. The more it decides, the faster the sort.</summary>
    ulong KeyOf(in TRow row);

    /// <summary>Compares two rows: below zero, zero, above zero. Rows found equal keep the order in which they were added.</summary>
    int Compare(in TRow x, in TRow y);
}
