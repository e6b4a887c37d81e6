namespace ChainWatch.Graph.Building;

/// <summary>What <see cref="KeySort"/> sorts: things by index, each with a key that decides most comparisons.</summary>
internal interface ISortSource
{
    /// <summary>No key is below it.</summary>
    ulong KeyMin { get; }

    /// <summary>No key is above it.</summary>
    ulong KeyMax { get; }

    /// <summary>The key: it never falls along the order. Asked from several threads.</summary>
    ulong KeyOf(int index);

    /// <summary>Told some time before one is compared; may bring it into the cache.</summary>
    void Expect(int index);

    /// <summary>Compares two with equal keys. Those that it finds equal too are left in the order of their indexes.</summary>
    int CompareEqualKeys(int x, int y);
}
