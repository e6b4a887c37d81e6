using System.CommandLine;
using System.Globalization;
using System.Reflection;
using ChainWatch.Bitcoin.Proofs;
using ChainWatch.Bundling;
using ChainWatch.Console.Arguments;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Bundles;

/// <summary>Puts together the files of a bundle, once the question was asked.</summary>
internal sealed class BundleMaker(TraceRules rules, ParseResult parsed, Terminal terminal)
{
    private readonly List<BundleFile> _inputs = [];

    public async Task<IReadOnlyList<BundleFile>> FilesAsync(IReadOnlyList<string> seeds, TransferGraph graph, TraceResult result, Acquisition acquisition, CancellationToken cancellationToken)
    {
        BundleSource source = rules.Source.KindOf(parsed);
        string[] seedFiles = [.. SeedSelectors.Files(seeds)];
        BundleQuestion question = rules.Question(
            parsed,
            terminal,
            result.Request,
            [.. seeds.Select(text => seedFiles.Contains(text, StringComparer.Ordinal) ? Copy("seeds", text) : new GivenFile(text, null))],
            [.. rules.StopFiles(parsed).Select(path => Copy("labels", path))],
            Transfers(source, graph));
        BundleFetch? fetch = await acquisition.FindFetchAsync(result, cancellationToken).ConfigureAwait(false);
        _inputs.AddRange(acquisition.Files());
        if (ProofFiles.AreMadeOf(source) && ProofFiles.StepsOf(result).Count > 0)
        {
            _inputs.AddRange(await ProofsAsync(source, question.AsChain, result, acquisition, cancellationToken).ConfigureAwait(false));
        }

        BundleTool tool = new() { ToolVersion = ToolVersion.Program, Engine = result.Engine, Packages = Packages() };
        return BundleAnswer.Files(question, tool, fetch, result, rules.ListsDirectory(parsed), _inputs);
    }

    private GivenFile[] Transfers(BundleSource source, TransferGraph graph)
    {
        if (source == BundleSource.Transfers)
        {
            return [.. rules.Source.TransferFiles(parsed).Select(path => Copy("transfers", path))];
        }

        string given = rules.Source.TransferFiles(parsed) is [string file, ..] ? file : BundleAnswer.GraphFile;
        _inputs.Add(source == BundleSource.Graph ? BundleFile.Copy(BundleAnswer.GraphFile, given) : new BundleFile(BundleAnswer.GraphFile, graph.Save));
        return [new GivenFile(given, BundleAnswer.GraphFile)];
    }

    private async Task<IReadOnlyList<BundleFile>> ProofsAsync(BundleSource source, Chain? asChain, TraceResult result, Acquisition acquisition, CancellationToken cancellationToken)
    {
        if (source == BundleSource.BitcoinBlocks)
        {
            using RawBlockFiles blocks = RawBlockFiles.Open(rules.Source.BlockFiles(parsed)!, cancellationToken);
            return await ProofFiles.MakeAsync(result, blocks, cancellationToken).ConfigureAwait(false);
        }

        // From the answers that were kept: the endpoint is not asked again, and its chain cannot have changed meanwhile.
        return await ReplayCheck.WithBlocksAsync(
            acquisition.Log, result.Coverage.Sources[0].Name, asChain, blocks => ProofFiles.MakeAsync(result, blocks, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    // Numbered: two files in different folders may have one name.
    private GivenFile Copy(string folder, string path)
    {
        int number = _inputs.Count(f => f.Name.StartsWith($"{folder}/", StringComparison.Ordinal)) + 1;
        string name = string.Create(CultureInfo.InvariantCulture, $"{folder}/{number:000}-{EntryName.OfFile(path)}");
        _inputs.Add(BundleFile.Copy(name, path));
        return new GivenFile(path, name);
    }

    private static (string Name, string Version)[] Packages() =>
    [
        .. new[] { typeof(TraceResult), typeof(Rpc.RpcEndpoint), typeof(Ethereum.EthereumTransferSource), typeof(Bitcoin.BitcoinTransferSource), typeof(Hosting.ChainNode) }
            .Select(type => (type.Assembly.GetName().Name!, type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]))
            .OrderBy(package => package.Item1, StringComparer.Ordinal),
    ];
}
