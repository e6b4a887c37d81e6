using ChainWatch.Text;

namespace ChainWatch.Reporting;

/// <summary>Passes what is written on to another stream, and a part of it to a hash: a report is written and hashed in one go.</summary>
internal sealed class HashedPartStream(Stream output, BodyHash hash) : WriteOnlyStream
{
    /// <summary>Whether what is written now belongs to the part.</summary>
    public bool IsHashing { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsHashing)
        {
            hash.Append(buffer);
        }

        output.Write(buffer);
    }

    public override void Flush() => output.Flush();
}
