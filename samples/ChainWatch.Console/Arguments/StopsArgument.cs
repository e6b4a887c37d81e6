using System.CommandLine;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>Where a trace stops: the user's labels first, then the lists' own.</summary>
internal sealed class StopsArgument
{
    private readonly Option<string[]> _files = new("--stop-at")
    {
        Description = "Files of stops, columns chain,address,category,name,source. They count before the lists' own labels. "
            + "Categories: exchange payment gambling custodian own, dex router wrapper splitter, mixer bridge lending privacy coinjoin",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _noDefaultLabels = new("--no-default-labels")
    {
        Description = "Leave out the lists of stops (the token list stays)",
    };

    private readonly Option<int?> _maxDegree = NumberArgument.Option(
        "--max-degree", "N", "An address with more followed transfers than this is an opaque stop from the crossing on. Default: no limit", 1, int.MaxValue);

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_noDefaultLabels);
        command.Add(_maxDegree);
    }

    public IEnumerable<string> Files(ParseResult parsed) => parsed.GetValue(_files) ?? [];

    public bool UsesDefault(ParseResult parsed) => !parsed.GetValue(_noDefaultLabels);

    public StopRule Read(ParseResult parsed, ListSet lists) => new()
    {
        Lists =
        [
            .. (parsed.GetValue(_files) ?? []).Distinct(StringComparer.Ordinal).Select(LabelFile.Read),
            .. parsed.GetValue(_noDefaultLabels) ? [] : lists.StopLists,
        ],
        MaxDegree = parsed.GetValue(_maxDegree),
    };
}
