using ChainWatch.Text;

namespace ChainWatch.Console.Printing;

/// <summary>Passes bytes on, and tells of each line that went by.</summary>
internal sealed class LineCount(Stream inner, Action tell) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        for (int lines = buffer.Count((byte)'\n'); lines > 0; lines--)
        {
            tell();
        }
    }

    public override void Flush() => inner.Flush();
}
