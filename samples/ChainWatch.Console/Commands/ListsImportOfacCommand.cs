using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Lists;
using ChainWatch.Lists;
using ChainWatch.Lists.Ofac;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists import ofac</c>: a new version of the OFAC list from a publication.</summary>
internal static class ListsImportOfacCommand
{
    private const string ListName = "ofac-sdn";

    private const string Description = "Makes a new version of the list ofac-sdn from SDN_ADVANCED.XML, SDN.XML, SDN_ENHANCED.XML or SDN.CSV (the file itself tells which). Over an older version it keeps history: an address seen first came on, and one no longer seen went off, between the two dates.";

    private const string Lesson = """
        Example:
          chainwatch lists import ofac SDN_ADVANCED.XML --output mylists --previous lists
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> file = new("FILE") { Description = "OFAC's file" };
        Option<string> output = new("--output") { Description = "The folder of lists to write to; the list's own folder ofac-sdn is made in it", HelpName = "DIR", Required = true };
        Option<string?> previous = new("--previous") { Description = "The version before: a folder of lists, or the list's own. Default: the one in --output, if any", HelpName = "DIR" };
        Option<DateOnly?> date = DateArgument.Option("--date", "The day of publication; SDN.CSV does not tell it");
        Option<string?> comments = new("--comments") { Description = "SDN_COMMENTS.CSV of the same day: what SDN.CSV cuts off its remarks", HelpName = "FILE" };
        Option<bool> allowUnknown = new("--allow-unknown-asset") { Description = "Carry addresses of assets that this version does not know, unchecked, instead of refusing the file" };
        TaughtCommand command = new("ofac", Description, Lesson) { file, output, previous, date, comments, allowUnknown };
        command.SetAction((parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(output);
            AddressList? before = Previous(parsed.GetValue(previous), folder);
            OfacReadOptions options = new()
            {
                PublicationDate = parsed.GetValue(date),
                CommentsFile = parsed.GetValue(comments),
                AllowUnknownAsset = parsed.GetValue(allowUnknown),
            };
            OfacPublication publication = OfacSdn.Read(parsed.GetRequiredValue(file), options, cancellationToken);
            OfacImportResult result = OfacImport.Apply(before, publication);
            ListManifest manifest = new OwnList(Path.Combine(folder, ListName), parsed.GetRequiredValue(file)).Write(() => Write(folder, result));
            ImportProblems.Tell(terminal, result.Problems, parsed.GetRequiredValue(file), Path.Combine(folder, manifest.Name, ListFolder.ManifestFile));
            using Page page = new(terminal.Width, terminal.Colour);
            ImportText.Write(page, result, publication, manifest, before);
            page.WriteTo(terminal.Answers);
            return Task.FromResult(ExitCode.NothingFound);
        });
        return command;
    }

    // Where 'lists update' keeps versions, an imported one is kept like the others.
    private static ListManifest Write(string folder, OfacImportResult result)
    {
        ListVersions versions = new(folder, ListName);
        if (versions.Kept.Count == 0)
        {
            return OfacImport.Write(folder, result);
        }

        versions.Add(result.List);
        return result.List.Manifest!;
    }

    private static AddressList? Previous(string? given, string output)
    {
        if (given is not null)
        {
            return ListChoice.LoadFolder(given)[ListName];
        }

        string own = Path.Combine(output, ListName);
        return File.Exists(Path.Combine(own, ListFolder.ManifestFile)) ? ListSet.LoadList(own)[ListName] : null;
    }
}
