namespace ChainWatch;

/// <summary>
/// Bad input, told in one line that names the place (file, line, field), what was found and what was expected.
/// Every error of the library that a user can cause is of this type; anything else is a defect.
/// </summary>
public class ChainWatchException : Exception
{
    /// <summary>An error with its one-line message.</summary>
    public ChainWatchException(string message) : base(message)
    {
    }

    /// <summary>An error with its one-line message and its cause.</summary>
    public ChainWatchException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An error without a message; kept for serializers.</summary>
    public ChainWatchException()
    {
    }

    /// <summary>An error at a place in a file: <c>FILE:LINE: FIELD: what was expected</c>.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="line">The line, from 1; 0 where the error is about the whole file.</param>
    /// <param name="field">The column or property, or null.</param>
    /// <param name="problem">What was found and what was expected.</param>
    public static ChainWatchException At(string file, long line, string? field, string problem)
    {
        string place = line > 0 ? $"{file}:{line}" : file;
        return new ChainWatchException(field is null ? $"{place}: {problem}" : $"{place}: {field}: {problem}");
    }
}
