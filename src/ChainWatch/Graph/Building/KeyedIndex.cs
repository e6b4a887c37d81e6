using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>An index with its key, in 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct KeyedIndex
{
    /// <summary>The key.</summary>
    public ulong Key;

    /// <summary>Whose key it is.</summary>
    public int Index;
}
