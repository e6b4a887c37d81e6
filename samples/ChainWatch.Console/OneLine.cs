namespace ChainWatch.Console;

/// <summary>Text from outside, made fit to be shown: one line, without the control characters that steer a terminal.</summary>
internal static class OneLine
{
    public static string Of(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
        ? text
        : string.Create(text.Length, text, (line, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });
}
