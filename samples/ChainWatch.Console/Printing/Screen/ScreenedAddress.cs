using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Screen;

/// <summary>An address screened, with the reference that came with it (empty: none).</summary>
internal sealed record ScreenedAddress(Screening Screening, string Reference);

/// <summary>What holds for all addresses of one run.</summary>
/// <param name="Lists">The lists asked.</param>
/// <param name="AsOf">The day asked about; null: each list's own.</param>
/// <param name="Stale">The lists that are older than allowed, or end before the day asked: one sentence each.</param>
internal sealed record ScreenRun(ListSet Lists, DateOnly? AsOf, IReadOnlyList<string> Stale);

/// <summary>Writes the answers, one address at a time.</summary>
internal interface IScreenWriter : IDisposable
{
    void Write(ScreenedAddress address);

    /// <summary>Hands over all that was written so far, where that is possible.</summary>
    void Flush();

    /// <summary>Writes what stands behind the last address.</summary>
    void Finish();
}
