namespace ChainWatch.Bundling;

/// <summary>A file of a bundle.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Crc">Its CRC-32, as its records say.</param>
/// <param name="Offset">Where its bytes start.</param>
/// <param name="Length">How many it has.</param>
internal readonly record struct ZipEntry(string Name, uint Crc, long Offset, long Length);
