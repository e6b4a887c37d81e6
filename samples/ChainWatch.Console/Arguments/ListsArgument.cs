using System.CommandLine;
using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Console.Arguments;

/// <summary>The lists at hand: those inside this program, or a folder's.</summary>
internal static class ListsArgument
{
    public static Option<string?> Option() => new("--lists")
    {
        Description = "A folder of lists to use instead of the ones inside this program. Where it has no stops or no tokens, the program's own are used for those",
        HelpName = "DIR",
    };

    /// <summary>Loads and verifies the lists.</summary>
    public static ListSet Load(string? directory)
    {
        if (directory is null)
        {
            return ListSet.Embedded;
        }

        ListSet lists = LoadFolder(directory);
        return lists.StopLists.Count > 0 && lists.TokenLists.Count > 0
            ? lists
            : new ListSet(
                lists.AddressLists,
                lists.StopLists.Count > 0 ? lists.StopLists : ListSet.Embedded.StopLists,
                lists.TokenLists.Count > 0 ? lists.TokenLists : ListSet.Embedded.TokenLists);
    }

    /// <summary>Reads a folder of lists, or the folder of a single list, and nothing besides.</summary>
    public static ListSet LoadFolder(string directory) =>
        File.Exists(directory) ? throw ChainWatchException.At(directory, 0, null, "is a file; expected a folder of lists")
        : IsList(directory) ? ListSet.LoadList(directory)
        : ListSet.Load(directory);

    /// <summary>The files of the lists in a folder.</summary>
    public static IEnumerable<string> Files(string? directory) => Directory.Exists(directory)
        ? Directory.GetDirectories(directory).Append(directory).Where(IsList).SelectMany(Directory.GetFiles)
        : [];

    private static bool IsList(string folder) => File.Exists(Path.Combine(folder, ListFolder.ManifestFile));

    /// <summary>The one list of tokens that a trace recognises.</summary>
    public static TokenList Tokens(ListSet lists) => lists.TokenLists switch
    {
        [] => TokenList.Empty,
        [TokenList tokens] => tokens,
        _ => throw new ChainWatchException($"the lists hold {lists.TokenLists.Count} token lists ({string.Join(", ", lists.TokenLists.Select(l => l.Name))}): expected one"),
    };
}
