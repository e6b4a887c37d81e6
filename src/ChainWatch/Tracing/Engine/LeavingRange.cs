namespace ChainWatch.Tracing.Engine;

/// <summary>The entries by which an address is left.</summary>
/// <param name="Address">The address.</param>
/// <param name="From">The first entry of the log that counts.</param>
/// <param name="To">The first behind them.</param>
/// <param name="IsClipped">Only before the address crosses the degree limit.</param>
internal readonly record struct LeavingRange(int Address, int From, int To, bool IsClipped);
