namespace ChainWatch.Lists;

/// <summary>The document in which an address is named.</summary>
/// <param name="Title">Its title; empty where no document is known.</param>
/// <param name="Date">Its date, where known.</param>
/// <param name="Url">Where it is or was published; empty where not known.</param>
/// <param name="Seen">Whether the list's maker saw the issuer's own text.</param>
/// <param name="SeenAt">Where the maker read it.</param>
public sealed record SourceDocument(string Title, DateOnly? Date, string Url, IssuerText Seen, string SeenAt = "");

/// <summary>How close to the issuer's own text an entry was read.</summary>
public enum IssuerText
{
    /// <summary>Only a transcription by somebody else.</summary>
    No,

    /// <summary>A third party's reproduction of the issuer's text.</summary>
    Mirror,

    /// <summary>The issuer's own text.</summary>
    Yes,
}
