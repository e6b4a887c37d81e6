namespace ChainWatch.Watching;

/// <summary>A sink takes no alerts, and will not however often it is asked: its address or key is wrong, or it is gone.</summary>
public sealed class AlertRefusedException : ChainWatchException
{
    /// <summary>An error with its one-line message, which holds no secret.</summary>
    public AlertRefusedException(string message) : base(message)
    {
    }

    /// <summary>An error with its one-line message and its cause.</summary>
    public AlertRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An error without a message; kept for serializers.</summary>
    public AlertRefusedException()
    {
    }
}
