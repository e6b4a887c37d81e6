namespace ChainWatch.Tracing;

/// <summary>Why a transfer is not followed.</summary>
public enum NotFollowedReason
{
    /// <summary>It moves nothing.</summary>
    ZeroValue,

    /// <summary>It is below the user's minimum for its asset.</summary>
    Dust,

    /// <summary>Its token is not on the token list.</summary>
    UnrecognisedToken,

    /// <summary>One side is the zero address: the token is made or destroyed.</summary>
    MintOrBurn,

    /// <summary>Payer and payee are the same.</summary>
    ToItself,

    /// <summary>It lies outside the window asked for.</summary>
    OutsideWindow,

    /// <summary>It has no origin: a coinbase, a block reward.</summary>
    NoOrigin,

    /// <summary>It goes to an output without an address.</summary>
    NoAddress,
}

/// <summary>How many transfers of an asset were not followed for one reason.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Reason">The reason; the first that applies, in the order of the enumeration's documentation in docs/method.md.</param>
/// <param name="Count">How many transfers.</param>
public sealed record NotFollowedCount(Asset Asset, NotFollowedReason Reason, long Count);
