using System.CommandLine;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch outbox</c>: what a watch still has to deliver.</summary>
internal static class OutboxCommand
{
    private const string Description = "What a watch has delivered, and to whom";

    public static Command Create(Terminal terminal) => new("outbox", Description) { OutboxSkipCommand.Create(terminal) };
}
