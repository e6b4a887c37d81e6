using ChainWatch.ApiReference;

namespace ChainWatch.Tests.Packaging;

/// <summary>The public surface of the packages changes only together with the files that show it.</summary>
public class PublicApiTests
{
    private const string Remedy = "if the change is meant: dotnet run --project tools/ChainWatch.ApiReference -- . , and commit what it wrote";

    [Fact]
    public void BaselinesAndPages_AreThoseOfTheBuiltPackages()
    {
        IReadOnlyList<(string File, string Text)> files = Reference.Files(AppContext.BaseDirectory);
        files.Count.ShouldBeGreaterThan(20);
        foreach ((string file, string text) in files)
        {
            string path = Path.Combine(TestData.Repository, file);
            File.Exists(path).ShouldBeTrue($"{file} is missing; {Remedy}");
            string[] committed = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
            string[] built = text.Split('\n');
            built.Except(committed).Concat(committed.Except(built)).ShouldBeEmpty($"{file} is not what the packages show; {Remedy}");
            built.ShouldBe(committed, file);
        }

        Directory.EnumerateFiles(Path.Combine(TestData.Repository, Reference.PagesFolder)).Select(Path.GetFileName)
            .ShouldBe(files.Where(f => f.File.StartsWith(Reference.PagesFolder, StringComparison.Ordinal)).Select(f => Path.GetFileName(f.File)), ignoreOrder: true);
    }

    [Fact]
    public void Baseline_ShowsWhatCallersDependOn()
    {
        string text = ApiBaseline.Write([typeof(Shown), typeof(Shown.Choice)]);
        text.ShouldBe("""
            namespace ChainWatch.Tests.Packaging
              sealed record PublicApiTests.Shown : IComparable<PublicApiTests.Shown>
                Shown(string Name, int? Count = null)
                const int Most = 7
                int? Count { get; init; }
                required string? Mark { get; init; }
                string Name { get; init; }
                IReadOnlyDictionary<string, (int Low, string? High)> Ranges { get; }
                int CompareTo(PublicApiTests.Shown? other)
                static bool TryFind<T>(ReadOnlySpan<char> text, out T? found, PublicApiTests.Shown.Choice choice = PublicApiTests.Shown.Choice.Second) where T : class
              enum PublicApiTests.Shown.Choice : byte
                First = 0
                Second = 1

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Pages_TellWhatThePackagesDocument()
    {
        (string _, string text) = Reference.Files(AppContext.BaseDirectory).Single(f => f.File == "docs/api/ChainWatch.md");
        text.ShouldContain("- `static Address Parse(string text)`");
        text.ShouldContain("  - throws `ChainWatchException`: ");
        text.ShouldNotContain("<see");
    }

    /// <summary>A bit of everything.</summary>
    public sealed record Shown(string Name, int? Count = null) : IComparable<Shown>
    {
        /// <summary>A constant.</summary>
        public const int Most = 7;

        /// <summary>May be null.</summary>
        public required string? Mark { get; init; }

        /// <summary>Named elements, one of which may be null.</summary>
        public IReadOnlyDictionary<string, (int Low, string? High)> Ranges { get; } = new Dictionary<string, (int Low, string? High)>();

        /// <summary>A choice.</summary>
        public enum Choice : byte
        {
            /// <summary>The first.</summary>
            First,

            /// <summary>The second.</summary>
            Second,
        }

        /// <summary>A generic method with an optional choice.</summary>
        public static bool TryFind<T>(ReadOnlySpan<char> text, out T? found, Choice choice = Choice.Second)
            where T : class
        {
            found = null;
            return !text.IsEmpty && choice == Choice.First;
        }

        /// <summary>By name.</summary>
        public int CompareTo(Shown? other) => string.CompareOrdinal(Name, other?.Name);

        internal void Hidden() => CompareTo(null);
    }
}
