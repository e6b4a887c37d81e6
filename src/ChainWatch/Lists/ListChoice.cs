using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>Which lists are used: those inside this library, or a folder's.</summary>
public static class ListChoice
{
    /// <summary>Loads and verifies a folder's lists; where it has no stops or no tokens, the library's own are used for those.</summary>
    /// <param name="directory">A folder of lists, or of a single one; null: the library's own.</param>
    /// <exception cref="ChainWatchException">A list is not what its manifest says, or there is none.</exception>
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
    /// <exception cref="ChainWatchException">A list is not what its manifest says, or there is none.</exception>
    public static ListSet LoadFolder(string directory) =>
        File.Exists(directory) ? throw ChainWatchException.At(directory, 0, null, "is a file; expected a folder of lists")
        : IsList(directory) ? ListSet.LoadList(directory)
        : ListSet.Load(directory);

    /// <summary>The files of the lists in a folder; none where it is null or missing.</summary>
    public static IEnumerable<string> Files(string? directory) => Directory.Exists(directory)
        ? Directory.GetDirectories(directory).Append(directory).Where(IsList).SelectMany(Directory.GetFiles)
        : [];

    /// <summary>The one list of tokens that a trace recognises.</summary>
    /// <exception cref="ChainWatchException">There are several.</exception>
    public static TokenList Tokens(ListSet lists) => lists.TokenLists switch
    {
        [] => TokenList.Empty,
        [TokenList tokens] => tokens,
        _ => throw new ChainWatchException($"the lists hold {lists.TokenLists.Count} token lists ({string.Join(", ", lists.TokenLists.Select(l => l.Name))}): expected one"),
    };

    private static bool IsList(string folder) => File.Exists(Path.Combine(folder, ListFolder.ManifestFile));
}
