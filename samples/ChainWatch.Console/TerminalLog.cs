using Microsoft.Extensions.Logging;

namespace ChainWatch.Console;

/// <summary>Shows what the library logs as warnings, one line each.</summary>
internal sealed class TerminalLog(Terminal terminal) : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            lock (_lock)
            {
                terminal.Warn(formatter(state, exception));
            }
        }
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("it shows everything on the terminal");

    public void Dispose()
    {
    }
}
