using ChainWatch.ApiReference;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>The package's public surface changes only together with the file that shows it.</summary>
public class PublicApiTests
{
    [Fact]
    public void Baseline_IsThatOfTheBuiltPackage()
    {
        string path = typeof(AddressExtensions).Assembly.Location;
        (string file, string text) = Reference.Baseline(path);
        File.ReadAllText(Path.Combine(ReadmeTests.Root(), file)).ReplaceLineEndings("\n").ShouldBe(text, $"if the change is meant: dotnet run --project tools/ChainWatch.ApiReference -- . {path} , and commit what it wrote");
    }
}
