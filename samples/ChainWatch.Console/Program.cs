using ChainWatch.Console;

using Terminal terminal = Terminal.OfThisProcess();
using CancellationTokenSource interrupted = new();
System.Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl+C lets the command put its temporary file away; a second one ends the process.
    e.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
};
return await ConsoleApp.RunAsync(args, terminal, interrupted.Token);
