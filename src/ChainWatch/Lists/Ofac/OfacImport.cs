using System.Globalization;

namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Makes a new version of the OFAC list from the version before and a publication, keeping history. Dates of addresses are
/// bounds: the address first seen in this publication came on, and the one no longer seen went off, on one of the days from
/// the former version's as-of date to the publication's, both included (OFAC may publish twice on one day). Where the file
/// tells when the party was designated and that is later, the address came on no earlier; in the very first version that
/// is the only lower bound. So it is where the former publication was cut at the party (SDN.CSV without its comments file):
/// the address may have been on the list long before, and where the party's date is not known either, its interval is open
/// below. Which parties are cut stands among what the manifest says was refused; a list of another compiler has no such
/// line and is taken to be whole.
/// </summary>
public static class OfacImport
{
    private const string DefaultName = "ofac-sdn";
    private const string DefaultTitle = "Digital currency addresses on OFAC's Specially Designated Nationals List, current and former";

    /// <summary>Makes the new version. Nothing is written.</summary>
    /// <param name="previous">The version before; null where there is none.</param>
    /// <param name="publication">The publication.</param>
    /// <exception cref="ChainWatchException">
    /// The publication is older than the version before, has fewer than half of the addresses in force there, or the version
    /// before is no list of designations.
    /// </exception>
    public static OfacImportResult Apply(AddressList? previous, OfacPublication publication)
    {
        Designation[] before = previous is null ? [] : Designations(previous);
        Refuse(previous, before, publication);
        string name = previous?.Name ?? DefaultName;
        OfacMemory memory = new(previous, before);
        OfacMatching matching = new([.. before.Where(d => d.WentOff is null)], [.. publication.Addresses.Select(memory.Complete)]);

        List<Designation> entries = [.. before.Where(d => d.WentOff is not null)];
        entries.AddRange(matching.Pairs.Select(pair => OfacEntry.Update(pair.Before, pair.Now, publication)));

        List<Designation> cameOn = [];
        foreach (OfacAddress address in matching.New)
        {
            DateBounds interval = OfacEntry.CameOn(memory.NotOn(address), address.EntityListed, publication.Date);
            Designation entry = OfacEntry.Create(name, address, interval, publication);

            // Off and on again within one day leaves no interval between.
            int sameDay = entries.FindIndex(e => e.Address == entry.Address && e.EntityId == entry.EntityId && e.CameOn == interval);
            if (sameDay >= 0)
            {
                entries.RemoveAt(sameDay);
            }

            cameOn.Add(entry);
        }

        OfacSight sight = new(publication);
        Designation[] unconfirmed = [.. matching.Gone.Where(sight.MayHide)];
        Designation[] wentOff = [.. matching.Gone.Except(unconfirmed).Select(entry => entry with { WentOff = new DateBounds(previous!.AsOf, publication.Date) })];
        entries.AddRange([.. cameOn, .. unconfirmed, .. wentOff]);

        AddressList list = new(name, publication.Date, [.. entries.Order(EntryOrder.Instance)]);
        ListDescription description = Describe(previous, list, publication, unconfirmed);
        return new OfacImportResult
        {
            List = new AddressList(name, list.AsOf, list.Entries, ListFolder.ManifestOf(description, list.Entries)),
            Description = description,
            CameOn = cameOn,
            WentOff = wentOff,
            Unconfirmed = unconfirmed,
            Problems = publication.Problems,
        };
    }

    /// <summary>Writes a new version as a list's folder, named like the list, into a folder of lists.</summary>
    /// <param name="listsFolder">The folder of lists.</param>
    /// <param name="result">The new version.</param>
    /// <exception cref="ChainWatchException">The folder cannot hold the list.</exception>
    public static ListManifest Write(string listsFolder, OfacImportResult result) =>
        ListFolder.Write(Path.Combine(listsFolder, result.List.Name), result.Description, result.List.Entries);

    private static Designation[] Designations(AddressList list) => [.. list.Entries.Select(entry => entry as Designation
        ?? throw new ChainWatchException($"list '{list.Name}' has an attribution ({entry.Address}): expected designations only, to import a publication of OFAC over it"))];

    private static void Refuse(AddressList? previous, Designation[] before, OfacPublication publication)
    {
        if (previous is null)
        {
            return;
        }

        if (publication.Date < previous.AsOf)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture,
                $"a publication of {publication.Date:yyyy-MM-dd} is older than list '{previous.Name}' as of {previous.AsOf:yyyy-MM-dd}: expected a newer one"));
        }

        int inForce = before.Where(d => d.WentOff is null).Select(d => OfacAddresses.MatchKey(d.Address)).Distinct().Count();
        int now = publication.Addresses.Select(a => OfacAddresses.MatchKey(a.Address)).Distinct().Count();
        if (now * 2 < inForce)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture,
                $"the publication of {publication.Date:yyyy-MM-dd} has {now} addresses and list '{previous.Name}' has {inForce} in force: a list that shrinks by more than half is taken for a damaged file"));
        }
    }

    private static ListDescription Describe(AddressList? previous, AddressList list, OfacPublication publication, IEnumerable<Designation> unconfirmed)
    {
        bool isSame = previous is not null && previous.AsOf == list.AsOf && ListDiff.Between(previous, list).IsEmpty;
        string[] sources = [.. (previous?.Manifest?.Sources ?? []).Append(OfacEntry.SourceOf(publication)).Distinct(StringComparer.Ordinal)];
        string step = $"{OfacEntry.SourceOf(publication)} imported";
        string made = previous?.Manifest?.HowMade ?? "";
        return new ListDescription
        {
            Name = list.Name,
            Title = previous?.Manifest?.Title ?? DefaultTitle,
            Version = isSame && previous!.Manifest is not null ? previous.Manifest.Version : NextVersion(previous?.Manifest?.Version, list.AsOf),
            AsOf = list.AsOf,
            Sources = sources,
            HowMade = made.Length == 0 ? step : made.Contains(step, StringComparison.Ordinal) ? made : $"{made}; {step}",
            Refused =
            [
                .. publication.Problems.Select(problem => problem.ToString()),
                .. unconfirmed.Select(entry => $"{entry.Address} of {entry.Entity} (uid {entry.EntityId}): not seen because the remark is cut; kept as it was"),
                .. OfacMemory.Lines(publication),
            ],
        };
    }

    // 2026-08-20.1, then 2026-08-20.2 for another list of the same day.
    private static string NextVersion(string? version, DateOnly date)
    {
        string day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        int number = version is not null && version.StartsWith($"{day}.", StringComparison.Ordinal)
            && int.TryParse(version.AsSpan(day.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int last) ? last + 1 : 1;
        return string.Create(CultureInfo.InvariantCulture, $"{day}.{number}");
    }
}
