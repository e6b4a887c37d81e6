using System.Globalization;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Bytes are not of the form that Bitcoin gives them: says where, and what was expected.</summary>
public sealed class BitcoinFormatException : ChainWatchException
{
    private readonly string _problem = "";

    /// <summary>An error at an offset.</summary>
    /// <param name="offset">The byte at which the form is broken, from 0: of the bytes that were given to be read.</param>
    /// <param name="problem">What was found and what was expected.</param>
    public BitcoinFormatException(long offset, string problem)
        : base(string.Create(CultureInfo.InvariantCulture, $"byte {offset}: {problem}"))
    {
        (Offset, _problem) = (offset, problem);
    }

    /// <summary>An error with its one-line message.</summary>
    public BitcoinFormatException(string message) : base(message)
    {
    }

    /// <summary>An error with its one-line message and its cause.</summary>
    public BitcoinFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An error without a message; kept for serializers.</summary>
    public BitcoinFormatException()
    {
    }

    /// <summary>The byte at which the form is broken, from 0.</summary>
    public long Offset { get; }

    /// <summary>The same error for bytes that are a part of others.</summary>
    /// <param name="start">Where the part starts.</param>
    internal BitcoinFormatException Shifted(long start) => new(Offset + start, _problem);
}
