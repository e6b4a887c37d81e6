using System.Runtime.InteropServices;
using ChainWatch.Console;

using Terminal terminal = Terminal.OfThisProcess();
using CancellationTokenSource interrupted = new();

// The first Ctrl+C, or the first request to end, lets the command put its temporary file away; a second one ends the process.
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await ConsoleApp.RunAsync(args, terminal, interrupted.Token);
