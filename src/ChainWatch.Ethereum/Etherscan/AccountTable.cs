using System.Globalization;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum.Etherscan;

/// <summary>
/// Reads an address's rows of one table. An answer has at most so many rows; where it is full, its last block may be cut off:
/// that block's rows are dropped, and the next request begins with it.
/// </summary>
internal sealed class AccountTable(ExplorerClient client, EtherscanOptions options, List<CoverageGap> gaps)
{
    // Some explorers cut at fewer rows than they are asked for: an answer of so many is taken to be cut.
    private const int SuspectFrom = 1000;

    public async Task<List<ExplorerRow>> ReadAsync(string action, Address address, BlockWindow window, CancellationToken cancellationToken)
    {
        List<ExplorerRow> all = [];
        for (long first = window.First; first <= window.Last;)
        {
            (List<ExplorerRow> rows, bool isUnfinished) = await client.RowsAsync(
                action,
                string.Create(CultureInfo.InvariantCulture, $"&address={address.ToCanonicalString()}&startblock={first}&endblock={window.Last}&page=1&offset={options.RowsMax}&sort=asc"),
                cancellationToken).ConfigureAwait(false);
            if (isUnfinished)
            {
                gaps.Add(new CoverageGap(GapKind.MissingTransferKind, $"the explorer says that it has not read everything yet ({action})"));
            }

            long from = first;
            if (rows.Exists(r => r.Block < from || r.Block > window.Last) || !IsAscending(rows))
            {
                gaps.Add(new CoverageGap(GapKind.UnverifiedAnswer, $"the explorer's rows of {action} are not of the blocks asked for, or not in their order"));
                rows.RemoveAll(r => r.Block < from || r.Block > window.Last);
                all.AddRange(rows);
                return all;
            }

            if (rows.Count < Math.Min(options.RowsMax, SuspectFrom))
            {
                all.AddRange(rows);
                return all;
            }

            long last = rows[^1].Block;
            if (last == rows[0].Block)
            {
                if (rows.Count >= options.RowsMax)
                {
                    gaps.Add(new CoverageGap(GapKind.LimitReached, $"{action}: block {last} has more rows of one address than the explorer gives at once ({options.RowsMax})"));
                }

                all.AddRange(rows);
                first = last + 1;
                continue;
            }

            all.AddRange(rows.Where(r => r.Block < last));
            first = last;
        }

        return all;
    }

    private static bool IsAscending(List<ExplorerRow> rows)
    {
        for (int i = 1; i < rows.Count; i++)
        {
            if (rows[i].Block < rows[i - 1].Block)
            {
                return false;
            }
        }

        return true;
    }
}
