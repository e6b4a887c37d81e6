namespace ChainWatch.Bundling;

/// <summary>Something that the question was asked with.</summary>
/// <param name="Given">As it was given: a file's path, <c>list:NAME</c>, an address. Reports name it so.</param>
/// <param name="File">The name of its copy in the bundle; null where it is no file.</param>
public sealed record GivenFile(string Given, string? File);
