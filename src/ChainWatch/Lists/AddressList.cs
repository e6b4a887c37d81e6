using System.Globalization;

namespace ChainWatch.Lists;

/// <summary>
/// Named addresses with their provenance: what a trace starts from. A selection of a list (an entity, an authority, an
/// incident) is again a list.
/// </summary>
public sealed class AddressList
{
    /// <summary>A list of entries.</summary>
    /// <param name="name">The name printed in reports, for example <c>ofac-sdn</c> or <c>ofac-sdn/Lazarus Group</c>.</param>
    /// <param name="asOf">The day as of which the list speaks.</param>
    /// <param name="entries">The entries, each on this list.</param>
    /// <param name="manifest">The manifest of the file the entries came from; null for ad-hoc lists.</param>
    public AddressList(string name, DateOnly asOf, IReadOnlyList<ListEntry> entries, ListManifest? manifest = null)
    {
        Name = name;
        AsOf = asOf;
        Entries = entries;
        Manifest = manifest;
    }

    /// <summary>The name printed in reports.</summary>
    public string Name { get; }

    /// <summary>The day as of which the list speaks. Default seeds are the entries in force on it.</summary>
    public DateOnly AsOf { get; }

    /// <summary>All entries, in canonical order of their addresses.</summary>
    public IReadOnlyList<ListEntry> Entries { get; }

    /// <summary>The manifest of the file the entries came from; null for ad-hoc lists.</summary>
    public ListManifest? Manifest { get; }

    /// <summary>A list made on the spot: the user says so, and nobody else.</summary>
    /// <param name="name">The name printed in reports, for example "case 42".</param>
    /// <param name="addresses">The addresses; duplicates count once.</param>
    public static AddressList Of(string name, params IEnumerable<Address> addresses)
    {
        SourceDocument document = new("given by the user", null, "", IssuerText.Yes);
        ListEntry[] entries = [.. addresses.Distinct().Order().Select(address => new Attribution
        {
            List = name,
            Address = address,
            Authority = Authority.User,
            Document = document,
            Role = Role.Unknown,
            MaySeed = true,
            StatedOn = DateOnly.MinValue,
        })];
        return new AddressList(name, DateOnly.MinValue, entries);
    }

    /// <summary>The entries of one entity, by name, without regard to case.</summary>
    /// <exception cref="ChainWatchException">No entry has that entity; the message suggests the nearest names.</exception>
    public AddressList Entity(string name) => Select(name);

    /// <summary>
    /// The entries whose entity, attributing authority or incident is <paramref name="selector"/>, without regard to case.
    /// The first words of an incident will do where only one incident begins with them: <c>Bybit</c> for
    /// <c>Bybit 2025-02-21</c>.
    /// </summary>
    /// <exception cref="ChainWatchException">Nothing matches, or the words begin several incidents; the message suggests the nearest names.</exception>
    public AddressList Select(string selector)
    {
        ListEntry[] found = Having(selector);
        if (found.Length == 0 && selector.Length > 0)
        {
            string[] incidents = [.. Entries.OfType<Attribution>().Select(entry => entry.Incident)
                .Where(incident => BeginsWithWords(incident, selector))
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
            found = incidents.Length switch
            {
                0 => [],
                1 => Having(incidents[0]),
                _ => throw new ChainWatchException($"list '{Name}': '{selector}' begins several incidents: expected one of '{string.Join("', '", incidents)}'"),
            };
        }

        if (found.Length == 0)
        {
            string[] names = [.. Entries.SelectMany(SelectorsOf).Where(s => s.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
            throw new ChainWatchException($"list '{Name}' has no entry for '{selector}'{NearestNames.Suggest(selector, names)}");
        }

        return new AddressList($"{Name}/{selector}", AsOf, found, Manifest);
    }

    /// <summary>The entries that may start a trace: in force on the day asked (or possibly so), with a role that seeds.</summary>
    /// <param name="asOf">The day; null takes the list's own <see cref="AsOf"/>.</param>
    /// <exception cref="ChainWatchException">There is none: a trace from nothing would find nothing.</exception>
    public IReadOnlyList<ListEntry> Seeds(DateOnly? asOf = null)
    {
        DateOnly day = asOf ?? AsOf;
        ListEntry[] seeds = [.. Entries.Where(entry => entry.MaySeed && entry.InForceOn(day) != Trilean.No)];
        return seeds.Length > 0
            ? seeds
            : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"list '{Name}' has no entry that may start a trace as of {day:yyyy-MM-dd} ({Entries.Count} entries in all)"));
    }

    private ListEntry[] Having(string selector) =>
        selector.Length == 0 ? [] : [.. Entries.Where(entry => SelectorsOf(entry).Contains(selector, StringComparer.OrdinalIgnoreCase))];

    private static bool BeginsWithWords(string text, string words) =>
        text.Length > words.Length && text.StartsWith(words, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(text[words.Length]);

    private static IEnumerable<string> SelectorsOf(ListEntry entry) => entry is Attribution { Incident: string incident }
        ? [entry.Entity, entry.Authority.Name, incident]
        : [entry.Entity, entry.Authority.Name];
}
