namespace ChainWatch.Console;

/// <summary>The command was ended by its user, with what is to be told about what is left.</summary>
internal sealed class InterruptedException(string message, Exception inner) : OperationCanceledException(message, inner);
