using System.Collections;

namespace ChainWatch.Graph.Storage;

/// <summary>The assets of a chain by number: those of the base in canonical order, appended ones behind. Later states may hold more in the same memory.</summary>
internal sealed class AssetColumn(Asset[] assets, int count) : IReadOnlyList<Asset>
{
    /// <summary>How many assets.</summary>
    public int Length => count;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public Asset this[int number] => (uint)number < (uint)count ? assets[number] : throw new ArgumentOutOfRangeException(nameof(number));

    public static implicit operator AssetColumn(Asset[] assets) => new(assets, assets.Length);

    public IEnumerator<Asset> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
        {
            yield return assets[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
