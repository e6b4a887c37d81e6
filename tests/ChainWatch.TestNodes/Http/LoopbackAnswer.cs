namespace ChainWatch.TestNodes.Http;

/// <summary>What the loopback server answers, and how badly.</summary>
/// <param name="Body">The body.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record LoopbackAnswer(byte[] Body, int Status = 200)
{
    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Announce the whole body, send half of it and cut the connection.</summary>
    public bool CutInTheMiddle { get; init; }

    /// <summary>The pause after each of <see cref="DripPieces"/> pieces of the body; zero sends it at once.</summary>
    public TimeSpan Drip { get; init; }

    /// <summary>Into how many pieces a dripping body is cut.</summary>
    public int DripPieces { get; init; } = 10;

    /// <summary>An answer from text.</summary>
    public static LoopbackAnswer Text(string body, int status = 200) => new(System.Text.Encoding.UTF8.GetBytes(body), status);
}
