namespace ChainWatch.Tracing;

/// <summary>Which way the funds went between the list and the wallet.</summary>
[Flags]
public enum Direction
{
    /// <summary>Funds from the list reached the wallet.</summary>
    Received = 1,

    /// <summary>The wallet's funds reached the list.</summary>
    Sent = 2,

    /// <summary>Both questions, answered apart.</summary>
    Both = Received | Sent,
}
