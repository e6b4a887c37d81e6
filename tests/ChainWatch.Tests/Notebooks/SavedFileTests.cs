using ChainWatch.Notebooks;

namespace ChainWatch.Tests.Notebooks;

public class SavedFileTests
{
    private static readonly Table Table = new[] { 1 }.ToTable(("n", n => n));

    [Fact]
    public void FailedWrite_LeavesTheOldFile_AndNothingElse()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("t.csv", "old");
        Should.Throw<InvalidOperationException>(() => SavedFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("half-way");
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();

        Table.SaveCsv(path).ShouldBe(path);
        File.ReadAllText(path).ShouldBe("n\n1\n");
    }

    [Fact]
    public void FolderThatIsNotThere_OrPathThatIsAFolder_IsAnErrorOfOneLine()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string missing = Path.Combine(folder.Path, "missing", "t.csv");
        Should.Throw<ChainWatchException>(() => Table.SaveCsv(missing)).Message.ShouldBe($"{missing}: cannot be written: there is no folder {Path.GetDirectoryName(missing)}; expected one that exists");
        Should.Throw<ChainWatchException>(() => Table.SaveHtml(folder.Path)).Message.ShouldBe($"{folder.Path}: cannot be written: is a folder; expected the name of a file");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
