using System.Reflection;

namespace ChainWatch.Lists;

/// <summary>Finds the lists of a directory, or those inside this library.</summary>
internal static class ListFolders
{
    /// <summary>Where the lists inside this library stand among its resources.</summary>
    public const string ResourcePrefix = "lists/";

    /// <summary>Reads every immediate subfolder as a list.</summary>
    public static ListSet Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw ChainWatchException.At(directory, 0, null, "there is no such folder: expected a folder of lists");
        }

        string[] folders = [.. Directory.GetDirectories(directory).Order(StringComparer.Ordinal)];
        return folders.Length == 0
            ? throw ChainWatchException.At(directory, 0, null, "holds no list: expected a subfolder for each list")
            : Set(folders.Select(Read));
    }

    /// <summary>Reads one folder as a list.</summary>
    public static ListSet LoadList(string folder) => Set([Read(folder)]);

    /// <summary>Reads the lists that are shipped inside this library.</summary>
    public static ListSet Embedded()
    {
        Assembly assembly = typeof(ListFolders).Assembly;
        return Set(EmbeddedNames().Select(name => ListReader.Read(
            ResourcePrefix + name,
            name,
            Bytes(assembly, $"{ResourcePrefix}{name}/{ListFolder.ManifestFile}")!,
            file => Bytes(assembly, $"{ResourcePrefix}{name}/{file}"))));
    }

    /// <summary>The names of the lists that are shipped inside this library.</summary>
    public static string[] EmbeddedNames()
    {
        const string suffix = "/" + ListFolder.ManifestFile;
        return [.. typeof(ListFolders).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(ResourcePrefix, StringComparison.Ordinal) && resource.EndsWith(suffix, StringComparison.Ordinal))
            .Select(resource => resource[ResourcePrefix.Length..^suffix.Length])
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A resource's bytes; null where there is none.</summary>
    public static byte[]? Bytes(Assembly assembly, string resource)
    {
        using Stream? stream = assembly.GetManifestResourceStream(resource);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static object Read(string folder) => ListReader.Read(
        folder,
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
        Bytes(Path.Combine(folder, ListFolder.ManifestFile)) ?? throw ChainWatchException.At(folder, 0, null, $"has no {ListFolder.ManifestFile}: expected a list's folder"),
        file => Bytes(Path.Combine(folder, file)));

    private static ListSet Set(IEnumerable<object> lists)
    {
        object[] all = [.. lists];
        return new ListSet([.. all.OfType<AddressList>()], [.. all.OfType<Labels.StopList>()], [.. all.OfType<Labels.TokenList>()]);
    }

    private static byte[]? Bytes(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
