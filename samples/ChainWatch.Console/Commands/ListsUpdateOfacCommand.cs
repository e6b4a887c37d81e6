using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Lists;
using ChainWatch.Lists;
using ChainWatch.Lists.Ofac;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists update ofac</c>: the newest publication from OFAC's own server becomes a version of the list.</summary>
internal static class ListsUpdateOfacCommand
{
    private const string ListName = "ofac-sdn";
    private const string DefaultFolder = "chainwatch-lists";

    private const string Description = "Downloads OFAC's newest SDN file and makes a new version of the list ofac-sdn from it, over the newest version at hand (in --output, or inside this program), keeping history. Shows which addresses came on, went off and have other dates. What is no whole list is refused, and nothing is written.";

    private const string Lesson = """
        Example:
          chainwatch lists update ofac --output mylists
          chainwatch screen 0x098B716B8Aaf21512996dC57EB0615e2383E2f96 --lists mylists --max-list-age 7

        DIR/ofac-sdn is the newest version; DIR/ofac-sdn/versions/VERSION is a folder of lists with each
        version as it was. The same publication again makes no new version.

        Exit codes: 0 updated, or nothing new; 1 error, nothing written.
        """;

    public static Command Create(Terminal terminal)
    {
        Option<string> output = new("--output") { Description = "The folder of lists to write to; the list's own folder ofac-sdn is made in it", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder };
        Option<string> url = new("--url")
        {
            Description = "Another place of SDN_ADVANCED.XML, SDN.XML or SDN_ENHANCED.XML, such as a mirror: https, or http on this machine",
            HelpName = "URL",
            DefaultValueFactory = _ => PublicationDownload.DefaultUrl,
        };
        Option<bool> allowUnknown = new("--allow-unknown-asset") { Description = "Carry addresses of assets that this version does not know, unchecked, instead of refusing the file" };
        Option<string> format = FormatArgument.Option("text", "json");
        TaughtCommand command = new("ofac", Description, Lesson) { output, url, allowUnknown, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(output);
            if (File.Exists(folder))
            {
                throw ChainWatchException.At(folder, 0, null, "is a file; expected a folder of lists");
            }

            // What is at hand is looked at first: where it is damaged, nothing needs to be asked for.
            ListVersions versions = new(folder, ListName);
            AddressList inside = ListSet.Embedded[ListName];
            AddressList? there = versions.LoadNewest();
            AddressList before = there is null || there.AsOf < inside.AsOf ? inside : there;
            OfacReadOptions options = new() { AllowUnknownAsset = parsed.GetValue(allowUnknown) };
            using PublicationDownload download = await PublicationDownload.GetAsync(parsed.GetRequiredValue(url), folder, options, terminal, cancellationToken).ConfigureAwait(false);
            OfacImportResult result = Apply(before, download);
            ListUpdate update = new(folder, before, before == inside, result, download.Publication, download.Origin);
            cancellationToken.ThrowIfCancellationRequested();
            new OwnList(Path.Combine(folder, ListName), download.File).Write(() =>
            {
                // Another program may have another list inside; what is in the folder is kept by itself.
                if (before == inside)
                {
                    versions.Keep(inside);
                }

                versions.Add(update.List);
                return update.List.Manifest!;
            });
            ImportProblems.Tell(terminal, result.Problems, download.Name, Path.Combine(folder, ListName, ListFolder.ManifestFile));
            if (parsed.GetRequiredValue(format) == "json")
            {
                UpdateJson.Write(terminal.AnswerBytes, update);
                return ExitCode.NothingFound;
            }

            using Page page = new(terminal.Width, terminal.Colour);
            UpdateText.Write(page, update);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }

    private static OfacImportResult Apply(AddressList before, PublicationDownload download)
    {
        try
        {
            return OfacImport.Apply(before, download.Publication);
        }
        catch (ChainWatchException e)
        {
            throw new ChainWatchException($"{download.Name}: {e.Message}", e);
        }
    }
}
