using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tracing;

/// <summary>What a one-pass lane keeps of an address beside its label byte.</summary>
/// <param name="DustStep">The step of a direct dust transfer that is nearer than all else was; -1 for none.</param>
/// <param name="ClosedLabel">Reversed: how it was reached at positions from which it could not be left, in terms of the byte.</param>
/// <param name="ClosedStep">That label's step.</param>
/// <param name="ClosedArrival">The first arrival at its hops.</param>
/// <param name="IntoCoinJoin">Funds went into a CoinJoin from here.</param>
internal readonly record struct LabelAside(int DustStep, byte ClosedLabel, int ClosedStep, int ClosedArrival, bool IntoCoinJoin)
{
    public static LabelAside None { get; } = new(-1, LabelByte.Unreached, -1, -1, false);
}
