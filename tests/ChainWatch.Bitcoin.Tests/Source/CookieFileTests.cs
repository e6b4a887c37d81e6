namespace ChainWatch.Bitcoin.Tests.Source;

public sealed class CookieFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-cookie-").FullName;

    private string Cookie => Path.Combine(_folder, ".cookie");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("__cookie__:0123abcd")]
    [InlineData("__cookie__:0123abcd\n")]
    public void Read_GivesUserAndPassword(string content)
    {
        File.WriteAllText(Cookie, content);
        CookieFile.Read(Cookie).ShouldBe(("__cookie__", "0123abcd"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret-word")]
    [InlineData(":secret-word")]
    [InlineData("secret-word:")]
    [InlineData("a:secret-word\nb:secret-word\n")]
    public void Read_OfAnotherForm_IsOneLineWithoutTheContent(string content)
    {
        File.WriteAllText(Cookie, content);
        string message = Should.Throw<ChainWatchException>(() => CookieFile.Read(Cookie)).Message;
        message.ShouldBe($"{Cookie}: is no cookie file of a Bitcoin node; expected one line, user:password");
    }

    [Fact]
    public void Read_OfNoFile_NamesIt() =>
        Should.Throw<ChainWatchException>(() => CookieFile.Read(Cookie)).Message.ShouldBe($"{Cookie}: there is no such file; expected the .cookie of a Bitcoin node that is running");

    [Fact]
    public void Read_OfAFolder_NamesIt() => Should.Throw<ChainWatchException>(() => CookieFile.Read(_folder)).Message.ShouldStartWith($"{_folder}: ");
}
