using ChainWatch.Lists;

namespace ChainWatch.Console.Printing;

/// <summary>What an address was used for, by the words of the lists' files.</summary>
internal static class RoleWords
{
    private static readonly Dictionary<Role, string> Texts = Enum.GetValues<Role>().ToDictionary(role => role, role => role switch
    {
        Role.ServiceDeposit => "service-deposit",
        _ => role.ToString().ToLowerInvariant(),
    });

    public static IEnumerable<string> All => Texts.Values;

    public static string Of(Role role) => Texts[role];

    public static bool TryParse(string text, out Role role)
    {
        role = Texts.FirstOrDefault(pair => pair.Value == text).Key;
        return Texts[role] == text;
    }
}
