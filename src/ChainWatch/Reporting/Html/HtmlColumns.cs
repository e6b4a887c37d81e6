using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>
/// In which column of the flow graph an address stands: its hops from a list, to the right where it received, to the left
/// (below zero) where it sent, so that money flows to the right. Of several the nearest.
/// </summary>
internal sealed class HtmlColumns
{
    private readonly Dictionary<Address, int> _columns = [];

    public HtmlColumns(TraceResult result, IReadOnlyList<Exposure> exposures, int inflowsMax)
    {
        foreach (Exposure exposure in exposures)
        {
            int side = Side(exposure.Direction);
            Note(exposure.Address, side * exposure.Hops);
            NotePath(exposure.Path, exposure.Direction);
            foreach (Inflow inflow in exposure.Inflows.Take(inflowsMax))
            {
                Note(exposure.Direction == Direction.Received ? inflow.Transfer.From : inflow.Transfer.To, side * (inflow.Hops - 1));
            }
        }

        foreach (Finding finding in result.Findings.Where(f => f.Lead is not null))
        {
            NotePath(finding.Lead!.Path, finding.Direction);
        }
    }

    public int Of(Address address) => _columns.GetValueOrDefault(address);

    private static int Side(Direction direction) => direction == Direction.Received ? 1 : -1;

    private void NotePath(IReadOnlyList<PathStep> path, Direction direction)
    {
        for (int i = 0; i < path.Count; i++)
        {
            Note(path[i].From, direction == Direction.Received ? i : i - path.Count);
            Note(path[i].To, direction == Direction.Received ? i + 1 : i + 1 - path.Count);
        }
    }

    private void Note(Address address, int column)
    {
        if (!_columns.TryGetValue(address, out int known) || Math.Abs(column) < Math.Abs(known) || (Math.Abs(column) == Math.Abs(known) && column > known))
        {
            _columns[address] = column;
        }
    }
}
