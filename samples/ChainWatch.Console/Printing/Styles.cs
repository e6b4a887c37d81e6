using Spectre.Console;

namespace ChainWatch.Console.Printing;

/// <summary>The few styles there are. An answer reads the same without them.</summary>
internal static class Styles
{
    public static Style Title { get; } = new(decoration: Decoration.Bold);

    public static Style Heading { get; } = new(Color.Teal, decoration: Decoration.Bold);

    public static Style Faint { get; } = new(decoration: Decoration.Dim);

    public static Style Found { get; } = new(Color.Maroon, decoration: Decoration.Bold);

    public static Style Open { get; } = new(Color.Olive, decoration: Decoration.Bold);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);
}
