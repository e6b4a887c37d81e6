namespace ChainWatch.Lists;

/// <summary>Compares two entries of one address field by field.</summary>
internal static class EntryFields
{
    /// <summary>The closeness of entries that do not differ.</summary>
    public const int ClosenessMax = 4;

    /// <summary>
    /// How likely two entries are the same statement: 4 where nothing differs, 3 with the same entity and first date,
    /// 2 with the same entity, 1 with the same authority, 0 where they are two statements.
    /// </summary>
    public static int Closeness(ListEntry before, ListEntry after)
    {
        IReadOnlyList<string> differing = Differing(before, after);
        bool sameEntity = !differing.Contains("entity_id") || !differing.Contains("entity");
        return differing.Count == 0 ? ClosenessMax
            : before.GetType() != after.GetType() || differing.Contains("authority") || differing.Contains("incident") ? 0
            : !sameEntity ? 1
            : differing.Contains("came_on") ? 2
            : 3;
    }

    /// <summary>
    /// The names of the fields that differ, in the order of the list file's columns. The name of one party in two styles
    /// ("WU, Huihui" and "Wu Huihui") does not differ.
    /// </summary>
    public static IReadOnlyList<string> Differing(ListEntry before, ListEntry after)
    {
        Dictionary<string, object?> old = Of(before).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        return [.. Of(after)
            .Where(field => !Equals(old.GetValueOrDefault(field.Name), field.Value) && !(field.Name == "entity" && IsOneParty(before, after)))
            .Select(field => field.Name)];
    }

    private static bool IsOneParty(ListEntry before, ListEntry after) =>
        before is Designation { EntityId.Length: > 0 } old && after is Designation now && old.EntityId == now.EntityId && EntityName.IsSame(old.Entity, now.Entity);

    private static IEnumerable<(string Name, object? Value)> Of(ListEntry entry)
    {
        (string, object?)[] common =
        [
            ("chain", entry.Address.Chain),
            ("listed_as", entry.ListedAs),
            ("authority", entry.Authority),
            ("entity", entry.Entity),
            ("role", entry.Role),
            ("may_seed", entry.MaySeed),
        ];
        (string, object?)[] own = entry switch
        {
            Designation designation =>
            [
                ("entity_id", designation.EntityId),
                ("entity_listed", designation.EntityListed),
                ("programs", string.Join('|', designation.Programs)),
                ("tickers", string.Join('|', designation.Tickers)),
                ("came_on", designation.CameOn),
                ("went_off", designation.WentOff),
            ],
            Attribution attribution => [("incident", attribution.Incident), ("stated_on", attribution.StatedOn)],
            _ => [],
        };
        return [.. common, .. own, ("document", entry.Document), ("note", entry.Note)];
    }
}
