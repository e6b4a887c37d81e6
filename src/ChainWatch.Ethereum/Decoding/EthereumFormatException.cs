namespace ChainWatch.Ethereum.Decoding;

/// <summary>An answer is not of the form that the execution API gives it: says which field, and what was expected.</summary>
public sealed class EthereumFormatException : ChainWatchException
{
    /// <summary>An error with its one-line message.</summary>
    public EthereumFormatException(string message) : base(message)
    {
    }

    /// <summary>An error with its one-line message and its cause.</summary>
    public EthereumFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An error without a message; kept for serializers.</summary>
    public EthereumFormatException()
    {
    }
}
