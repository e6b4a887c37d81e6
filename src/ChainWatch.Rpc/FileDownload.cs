namespace ChainWatch.Rpc;

/// <summary>A file that was downloaded whole.</summary>
/// <param name="Hosts">Who was asked: scheme, host and port of the URL, then of each redirect that led elsewhere, in that order.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record FileDownload(IReadOnlyList<string> Hosts, long Bytes, string Sha256);
