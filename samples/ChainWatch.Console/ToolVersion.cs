using System.Reflection;

namespace ChainWatch.Console;

/// <summary>The version of this program, as reports name it.</summary>
internal static class ToolVersion
{
    // What stands behind a '+' is the commit that the build was made from.
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The program and its version: what a report was written by.</summary>
    public static string Program { get; } = $"chainwatch {Text}";
}
