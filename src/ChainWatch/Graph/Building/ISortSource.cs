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

    /// <summary>How many further keys there are, where the first ones are equal.</summary>
    int FurtherKeys { get; }

    /// <summary>A further key: among things whose keys before it are equal, it never falls along the order.</summary>
    /// <param name="index">Whose.</param>
    /// <param name="number">Which, from 0 to <see cref="FurtherKeys"/> - 1.</param>
    ulong FurtherKeyOf(int index, int number);

    /// <summary>Told some time before one is compared; may bring it into the cache.</summary>
    void Expect(int index);

    /// <summary>Compares two with equal first keys. Those that it finds equal too are left in the order of their indexes.</summary>
    int CompareEqualKeys(int x, int y);
}
