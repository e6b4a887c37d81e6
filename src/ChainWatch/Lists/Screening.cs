using System.Globalization;

namespace ChainWatch.Lists;

/// <summary>The answer to "which list entries name this address?": exact matches only, and what that does not tell.</summary>
public sealed class Screening
{
    private const string Limits = "lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed";

    internal Screening(Address address, DateOnly? asOf, IReadOnlyList<ScreeningMatch> matches, IReadOnlyList<AddressList> lists)
    {
        Address = address;
        AsOf = asOf;
        Matches = matches;
        Lists = lists;
    }

    /// <summary>The address screened.</summary>
    public Address Address { get; }

    /// <summary>The day asked about; null where each list answered as of its own date.</summary>
    public DateOnly? AsOf { get; }

    /// <summary>
    /// The entries that name the address, designations before attributions, then by list, entity and authority. An entry
    /// that came on, or was published, after the day asked is none; a delisted one is, with its status.
    /// </summary>
    public IReadOnlyList<ScreeningMatch> Matches { get; }

    /// <summary>The lists that were asked.</summary>
    public IReadOnlyList<AddressList> Lists { get; }

    /// <summary>
    /// True where an entry designates the address (or possibly does, where its dates are known only within bounds) or
    /// attributes it on the day asked. False where no entry names it, or only a delisted one.
    /// </summary>
    public bool IsInForce
    {
        get
        {
            foreach (ScreeningMatch match in Matches)
            {
                if (match.Status != EntryStatus.Delisted)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// One line that says how many entries match on which lists of which dates, and what an answer from lists cannot say:
    /// also where the day asked about is later than a list's own date.
    /// Source: OFAC FAQ 562 (listed addresses are not likely to be exhaustive).
    /// </summary>
    public string Statement
    {
        get
        {
            string lists = string.Join(", ", Lists.Select(list => string.Create(CultureInfo.InvariantCulture, $"{list.Name} {list.AsOf:yyyy-MM-dd}")));
            string day = AsOf is DateOnly asOf ? string.Create(CultureInfo.InvariantCulture, $" as of {asOf:yyyy-MM-dd}") : "";
            string found = Matches.Count switch
            {
                0 => "no exact match",
                1 => "1 entry matches",
                _ => string.Create(CultureInfo.InvariantCulture, $"{Matches.Count} entries match"),
            };
            string force = Matches.Count > 0 && !IsInForce ? ", none in force" : "";
            // A list made on the spot has no date.
            bool isLater = Lists.Any(list => list.AsOf < AsOf && list.AsOf != DateOnly.MinValue);
            return $"{found} in [{lists}]{day}{force}{(isLater ? "; the lists speak only to the dates given" : "")}; {Limits}";
        }
    }
}
