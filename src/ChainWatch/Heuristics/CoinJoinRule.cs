namespace ChainWatch.Heuristics;

/// <summary>The rule by which a movement was recognised as a CoinJoin. A rule tells a shape, not who took part.</summary>
public enum CoinJoinRule : byte
{
    /// <summary>No rule holds. The movement may still be a CoinJoin of another shape.</summary>
    None,

    /// <summary>A mix of Whirlpool (Samourai, Ashigaru): every output is one pool's denomination.</summary>
    Whirlpool,

    /// <summary>A round of Wasabi 1.x (ZeroLink): many equal outputs near 0.1 BTC.</summary>
    Wasabi1,

    /// <summary>A round of Wasabi 2.x (WabiSabi): outputs at the standard denominations.</summary>
    Wasabi2,

    /// <summary>JoinMarket: n equal outputs and n or n-1 change outputs.</summary>
    JoinMarket,

    /// <summary>Many equal outputs, each of which another input owner can have paid for; no known program is told.</summary>
    EqualOutputs,
}
