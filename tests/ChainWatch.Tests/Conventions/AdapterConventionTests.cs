using System.Text.RegularExpressions;

namespace ChainWatch.Tests.Conventions;

/// <summary>The rules for the packages beside the core: the adapters fetch and never judge.</summary>
public class AdapterConventionTests
{
    [Theory]
    [InlineData("ChainWatch.Rpc", "ChainWatch", "Microsoft.Extensions.", "Polly")]
    [InlineData("ChainWatch.Ethereum", "ChainWatch", "ChainWatch.Rpc")]
    [InlineData("ChainWatch.Bitcoin", "ChainWatch", "ChainWatch.Rpc")]
    [InlineData("ChainWatch.Hosting", "ChainWatch", "ChainWatch.Rpc", "ChainWatch.Ethereum", "ChainWatch.Bitcoin", "Microsoft.Extensions.", "Polly")]
    public void Assembly_RefersToNothingElse(string name, params string[] allowed)
    {
        using AssemblyMetadata assembly = new(PathOf(name));
        assembly.Assemblies
            .Where(a => !a.StartsWith("System.", StringComparison.Ordinal) && !allowed.Any(x => a == x || (x != "ChainWatch" && a.StartsWith(x, StringComparison.Ordinal))))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ChainWatch.Rpc")]
    [InlineData("ChainWatch.Ethereum")]
    [InlineData("ChainWatch.Bitcoin")]
    public void Adapters_NeverSeeTracingOrReporting(string name)
    {
        using AssemblyMetadata assembly = new(PathOf(name));
        assembly.Types.ShouldContain(t => t.StartsWith("ChainWatch.", StringComparison.Ordinal));
        assembly.Types.ShouldNotContain(t => Regex.IsMatch(t, @"^ChainWatch\.(Tracing|Reporting|Collecting|Watching|Lists|Graph)\.", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    // An endpoint's clock is whoever calls; the delays and the jitter are injected.
    [Theory]
    [InlineData("ChainWatch.Rpc")]
    [InlineData("ChainWatch.Ethereum")]
    [InlineData("ChainWatch.Bitcoin")]
    [InlineData("ChainWatch.Hosting")]
    public void Clock_IsInjected(string name)
    {
        using AssemblyMetadata assembly = new(PathOf(name));
        assembly.Members.ShouldNotContain(m => m == "System.DateTime.get_UtcNow" || m == "System.DateTimeOffset.get_UtcNow" || m == "System.DateTime.get_Now" || m == "System.Threading.Tasks.Task.Delay");
    }

    [Theory]
    [InlineData("ChainWatch.Rpc")]
    [InlineData("ChainWatch.Ethereum")]
    [InlineData("ChainWatch.Bitcoin")]
    [InlineData("ChainWatch.NBitcoin")]
    [InlineData("ChainWatch.Hosting")]
    [InlineData("ChainWatch.Nethereum")]
    public void Namespaces_FollowTheFolders(string name)
    {
        string root = Path.Combine(TestData.Repository, "src", name);
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(root, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
            {
                continue;
            }

            string folder = Path.GetDirectoryName(relative)!.Replace(Path.DirectorySeparatorChar, '.');
            File.ReadLines(file).ShouldContain(folder.Length == 0 ? $"namespace {name};" : $"namespace {name}.{folder};", file);
        }
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
}
