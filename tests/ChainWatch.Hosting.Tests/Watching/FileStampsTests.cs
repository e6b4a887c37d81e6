namespace ChainWatch.Hosting.Tests.Watching;

public sealed class FileStampsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-stamps").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_TellsLengthsTimesAndWhatIsMissing()
    {
        string file = Path.Combine(_folder, "a.txt");
        FileStamps missing = FileStamps.Of([file]);
        File.WriteAllText(file, "1");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        FileStamps first = FileStamps.Of([file]);
        File.WriteAllText(file, "22");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        FileStamps longer = FileStamps.Of([file]);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 1, DateTimeKind.Utc));
        new[] { missing, first, longer, FileStamps.Of([file]) }.Distinct().Count().ShouldBe(4);
        FileStamps.Of([file]).ShouldBe(FileStamps.Of([file]));
    }

    // As container platforms put configuration into a folder: a file is a link into a folder that is itself a link, which is put elsewhere.
    [SkippableFact]
    public void Of_FollowsLinks()
    {
        Skip.If(OperatingSystem.IsWindows(), "symbolic links need rights there");
        foreach (string version in new[] { "v1", "v2" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, version));
            File.WriteAllText(Path.Combine(_folder, version, "wallets.csv"), version);
            File.SetLastWriteTimeUtc(Path.Combine(_folder, version, "wallets.csv"), new DateTime(2026, 1, version[1] - '0', 0, 0, 0, DateTimeKind.Utc));
        }

        string data = Path.Combine(_folder, "data");
        string file = Path.Combine(_folder, "wallets.csv");
        Directory.CreateSymbolicLink(data, "v1");
        File.CreateSymbolicLink(file, Path.Combine("data", "wallets.csv"));
        FileStamps before = FileStamps.Of([file]);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "v2");
        FileStamps.Of([file]).ShouldNotBe(before);
        File.ReadAllText(file).ShouldBe("v2");
    }
}
