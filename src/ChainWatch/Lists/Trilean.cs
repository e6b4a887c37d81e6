namespace ChainWatch.Lists;

/// <summary>An answer that may not be known.</summary>
public enum Trilean
{
    /// <summary>No.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>The sources do not tell.</summary>
    Unknown,
}
