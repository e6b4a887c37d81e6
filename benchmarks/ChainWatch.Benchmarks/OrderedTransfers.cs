using System.Globalization;

namespace ChainWatch.Benchmarks;

/// <summary>A generated transfer file read in the plainest way: split at commas, addresses numbered as they come.</summary>
public sealed class OrderedTransfers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private OrderedTransfers(List<int> from, List<int> to)
    {
        From = from;
        To = to;
    }

    public int Addresses => _numbers.Count;

    public List<int> From { get; }

    public List<int> To { get; }

    /// <summary>Reads <c>transfers.csv</c>, whose rows must ascend strictly by block and position.</summary>
    public static OrderedTransfers Read(string path)
    {
        OrderedTransfers transfers = new([], []);
        (long Block, int Position) last = (-1, 0);
        foreach (string row in File.ReadLines(path).Skip(1))
        {
            string[] fields = row.Split(',');
            (long Block, int Position) place = (long.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture));
            if (place.CompareTo(last) <= 0)
            {
                throw new InvalidDataException($"{path}: the rows are not in strict order at block {place.Block}");
            }

            last = place;
            transfers.From.Add(transfers.NumberOf(fields[5]));
            transfers.To.Add(transfers.NumberOf(fields[6]));
        }

        return transfers;
    }

    /// <summary>The number of an address; a new one where it does not occur yet.</summary>
    public int NumberOf(string address)
    {
        if (!_numbers.TryGetValue(address, out int number))
        {
            _numbers.Add(address, number = _numbers.Count);
        }

        return number;
    }
}
