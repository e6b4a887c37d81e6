using System.Diagnostics;

namespace ChainWatch.Tests.Watching;

/// <summary>A file system in memory, of a size that can be filled. Needs the right to mount one: the test skips without it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, string size)
    {
        Directory.CreateDirectory(path);
        string? problem = OperatingSystem.IsLinux() ? await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path) : "no Linux";
        Skip.If(problem is not null, $"no small file system can be mounted here: {problem}");
        return new SmallDisk(path);
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", Path);

    private static async Task<string?> RunAsync(string command, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
