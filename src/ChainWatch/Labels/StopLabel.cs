namespace ChainWatch.Labels;

/// <summary>Says that an address is a stop.</summary>
/// <param name="Address">The address, on the chain for which the label holds.</param>
/// <param name="Category">What it is.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Source">Where the label comes from.</param>
public sealed record StopLabel(Address Address, StopCategory Category, string Name, string Source)
{
    /// <summary>The way in which a trace stops at it.</summary>
    public StopKind Kind => StopCategories.KindOf(Category);
}
