using System.CommandLine;
using ChainWatch.Lists;

namespace ChainWatch.Console.Arguments;

/// <summary>What kind of party attributes. A sanctions authority is none of them: it designates.</summary>
internal static class AuthorityKindArgument
{
    private static readonly Dictionary<string, AuthorityKind> Kinds = new(StringComparer.Ordinal)
    {
        ["user"] = AuthorityKind.User,
        ["researcher"] = AuthorityKind.Researcher,
        ["court"] = AuthorityKind.Court,
        ["government-body"] = AuthorityKind.GovernmentBody,
    };

    public static Option<AuthorityKind?> Option() => new("--authority-kind")
    {
        Description = "What kind of party that is. Default: user",
        HelpName = string.Join('|', Kinds.Keys),
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!Kinds.TryGetValue(text, out AuthorityKind kind))
            {
                result.AddError($"--authority-kind '{text}': expected one of {string.Join(", ", Kinds.Keys)}");
            }

            return kind;
        },
    };
}
