using ChainWatch.Lists;

namespace ChainWatch.Labels;

/// <summary>Labels that say which addresses are stops.</summary>
/// <param name="Name">The list's name, or the file's.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Manifest">The manifest; null for a user's own file.</param>
public sealed record StopList(string Name, IReadOnlyList<StopLabel> Labels, ListManifest? Manifest = null);
