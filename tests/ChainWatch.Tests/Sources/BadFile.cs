using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

/// <summary>Reads what must be refused and returns the message, the folder's name taken off.</summary>
internal static class BadFile
{
    public static string Message(Action<string> read, byte[] contents, string name = "bad.csv")
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write(name, contents);
        string message = Should.Throw<ChainWatchException>(() => read(path)).Message;
        message.ShouldNotContain('\n');
        return message.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    public static string Message(Action<string> read, string contents) => Message(read, System.Text.Encoding.UTF8.GetBytes(contents));

    /// <summary>The message where the transfer file is refused.</summary>
    public static string Transfers(string contents) => Message(ReadTransfers, contents);

    public static string Transfers(byte[] contents, string name = "bad.csv") => Message(ReadTransfers, contents, name);

    public static void ReadTransfers(string path) =>
        new TransferFileSource([path], declaredComplete: true).ReadAsync(TransferQuery.Everything, new CollectingSink()).AsTask().GetAwaiter().GetResult();
}
