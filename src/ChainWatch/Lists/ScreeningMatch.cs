namespace ChainWatch.Lists;

/// <summary>One entry that names the address screened.</summary>
/// <param name="Entry">The entry: who says it, in what document, about whom.</param>
/// <param name="Status">What it says of the address on the day asked.</param>
/// <param name="InForce">
/// Whether it was in force on that day: <see cref="Trilean.Unknown"/> where the dates are known only within bounds that
/// contain it; <see cref="Trilean.No"/> for a delisted address.
/// </param>
public sealed record ScreeningMatch(ListEntry Entry, EntryStatus Status, Trilean InForce);
