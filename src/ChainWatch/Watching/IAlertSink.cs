namespace ChainWatch.Watching;

/// <summary>Where alerts go. Each gets every line of the log in its order, one at a time.</summary>
public interface IAlertSink
{
    /// <summary>The sink's name in the outbox: the same at every start, of no other sink, and without a secret.</summary>
    string Name { get; }

    /// <summary>Hands an alert over; returns when it was accepted. It comes again where this fails, or the process ends before it is known.</summary>
    /// <param name="alert">The alert, withdrawals and notes included.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AlertRefusedException">It never will be accepted, nor what follows: nothing more is sent before the next start.</exception>
    Task SendAsync(LoggedAlert alert, CancellationToken cancellationToken);
}
