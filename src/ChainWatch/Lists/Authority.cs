namespace ChainWatch.Lists;

/// <summary>Who says it.</summary>
/// <param name="Kind">What kind of party.</param>
/// <param name="Name">Its name as printed: "OFAC", "FBI", "MSMT", "researcher:tayvano", a court, a user's case.</param>
public readonly record struct Authority(AuthorityKind Kind, string Name)
{
    /// <summary>The US Treasury's Office of Foreign Assets Control.</summary>
    public static Authority Ofac { get; } = new(AuthorityKind.SanctionsAuthority, "OFAC");

    /// <summary>The user, who gave an address as a seed without a document.</summary>
    public static Authority User { get; } = new(AuthorityKind.User, "user");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The kinds of parties that name addresses.</summary>
public enum AuthorityKind
{
    /// <summary>Publishes a sanctions list: only its entries are designations.</summary>
    SanctionsAuthority,

    /// <summary>A law-enforcement or governmental body whose notice is not a sanctions list (FBI, MSMT).</summary>
    GovernmentBody,

    /// <summary>A court.</summary>
    Court,

    /// <summary>A researcher or firm.</summary>
    Researcher,

    /// <summary>The user.</summary>
    User,
}
