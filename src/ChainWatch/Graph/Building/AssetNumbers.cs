using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>Gives every distinct asset of a chain a number, in order of first sight.</summary>
internal sealed class AssetNumbers
{
    private readonly Dictionary<Asset, int> _numbers = [];
    private int _native = -1;
    private Asset _last;
    private int _lastNumber = -1;

    /// <summary>The number of an asset, a new one where it was not seen before. Neighbours mostly have the same.</summary>
    public int NumberOf(in Asset asset)
    {
        if (asset.IsNative && _native >= 0)
        {
            return _native;
        }

        if (_lastNumber >= 0 && asset == _last)
        {
            return _lastNumber;
        }

        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, asset, out bool isKnown);
        number = isKnown ? number : _numbers.Count - 1;
        (_last, _lastNumber) = (asset, number);
        _native = asset.IsNative ? number : _native;
        return number;
    }

    /// <summary>The assets in order, and for every number the asset's rank.</summary>
    public (Asset[] Assets, int[] RankOf) Sort()
    {
        Asset[] assets = [.. _numbers.Keys.Order()];
        int[] rankOf = new int[assets.Length];
        for (int rank = 0; rank < assets.Length; rank++)
        {
            rankOf[_numbers[assets[rank]]] = rank;
        }

        return (assets, rankOf);
    }
}
