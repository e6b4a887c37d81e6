namespace ChainWatch.Console;

/// <summary>The exit codes. Scripts rely on them.</summary>
internal static class ExitCode
{
    /// <summary>Nothing found, and what was asked is complete.</summary>
    public const int NothingFound = 0;

    /// <summary>An error or bad usage; one line on stderr says what.</summary>
    public const int Error = 1;

    /// <summary>A match in force, an exposed wallet, an address reached.</summary>
    public const int Found = 2;

    /// <summary>Nothing found, and something is missing that could hold a finding.</summary>
    public const int Incomplete = 3;

    /// <summary>The code of an answer.</summary>
    public static int Of(bool found, bool isComplete) => found ? Found : isComplete ? NothingFound : Incomplete;
}
