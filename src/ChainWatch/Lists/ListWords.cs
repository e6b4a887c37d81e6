namespace ChainWatch.Lists;

/// <summary>The words by which list files name the values of enumerations.</summary>
internal static class ListWords
{
    public static Words<ListKind> Kinds { get; } = new(
        (ListKind.Designations, "designations"),
        (ListKind.Attributions, "attributions"),
        (ListKind.Stops, "stops"),
        (ListKind.Tokens, "tokens"));

    public static Words<AuthorityKind> Authorities { get; } = new(
        (AuthorityKind.SanctionsAuthority, "sanctions-authority"),
        (AuthorityKind.GovernmentBody, "government-body"),
        (AuthorityKind.Court, "court"),
        (AuthorityKind.Researcher, "researcher"),
        (AuthorityKind.User, "user"));

    public static Words<Role> Roles { get; } = new(
        (Role.Unknown, "unknown"),
        (Role.Theft, "theft"),
        (Role.Holding, "holding"),
        (Role.Laundering, "laundering"),
        (Role.ServiceDeposit, "service-deposit"),
        (Role.Broker, "broker"),
        (Role.Contract, "contract"),
        (Role.Victim, "victim"));

    public static Words<IssuerText> IssuerTexts { get; } = new(
        (IssuerText.No, "no"),
        (IssuerText.Mirror, "mirror"),
        (IssuerText.Yes, "yes"));

    public static Words<bool> YesNo { get; } = new((false, "no"), (true, "yes"));
}

/// <summary>Values and the words that stand for them in files, both ways.</summary>
internal sealed class Words<T>(params (T Value, string Text)[] pairs) where T : struct
{
    /// <summary>All words, for an error message.</summary>
    public string Texts => string.Join(", ", pairs.Select(pair => pair.Text));

    /// <summary>The word of a value.</summary>
    public string Text(T value) => pairs.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Text;

    /// <summary>The value of a word; null where there is none.</summary>
    public T? Parse(string text)
    {
        foreach ((T value, string word) in pairs)
        {
            if (word == text)
            {
                return value;
            }
        }

        return null;
    }
}
