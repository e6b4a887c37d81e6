namespace ChainWatch.TestNodes.Esplora;

/// <summary>An answer that is an error, told as electrs tells it: plain text.</summary>
internal sealed class EsploraRefusal(int status, string text) : Exception(text)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>404 for what is not there.</summary>
    public static EsploraRefusal NotFound(string what) => new(404, what);

    /// <summary>400 for what cannot be read.</summary>
    public static EsploraRefusal Bad(string what) => new(400, what);
}
