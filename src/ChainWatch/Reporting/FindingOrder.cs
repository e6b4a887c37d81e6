using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The order in which reports give the answers: wallet, list, direction.</summary>
internal static class FindingOrder
{
    public static IEnumerable<Finding> Of(TraceResult result) => result.Findings
        .OrderBy(f => f.Wallet).ThenBy(f => f.List, StringComparer.Ordinal).ThenBy(f => f.Direction);
}
