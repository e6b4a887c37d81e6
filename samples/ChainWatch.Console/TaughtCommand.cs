using System.CommandLine;

namespace ChainWatch.Console;

/// <summary>A command whose help goes on where the list of options ends: examples, exit codes, columns.</summary>
internal sealed class TaughtCommand(string name, string description, string lesson) : Command(name, description)
{
    /// <summary>What stands below the options.</summary>
    public string Lesson { get; } = lesson;
}
