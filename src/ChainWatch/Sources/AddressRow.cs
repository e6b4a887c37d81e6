namespace ChainWatch.Sources;

/// <summary>An address that a file names.</summary>
/// <param name="Address">The address.</param>
/// <param name="Ref">The user's own reference of the row, which comes back in every output; null where the file has none.</param>
/// <param name="Line">The row's line in the file, from 1.</param>
public readonly record struct AddressRow(Address Address, string? Ref, int Line);
