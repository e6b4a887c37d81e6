using System.Numerics;

namespace ChainWatch.Tracing.Engine;

/// <summary>The order in which a pass takes the transfers of a batch.</summary>
internal interface IPassOrder
{
    /// <summary>1 in chain order, -1 against it.</summary>
    static abstract int Step { get; }

    /// <summary>The number of the first of these lanes; one is set at least.</summary>
    static abstract int First(uint lanes);

    /// <summary>The lanes that come after one.</summary>
    static abstract uint After(int lane);
}

/// <summary>In chain order.</summary>
internal readonly struct ChainOrder : IPassOrder
{
    public static int Step => 1;

    public static int First(uint lanes) => BitOperations.TrailingZeroCount(lanes);

    public static uint After(int lane) => 0xfffeu << lane;
}

/// <summary>Against chain order.</summary>
internal readonly struct ReverseOrder : IPassOrder
{
    public static int Step => -1;

    public static int First(uint lanes) => BitOperations.Log2(lanes);

    public static uint After(int lane) => (1u << lane) - 1;
}
