using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>What is required of every refusal: its type, an offset inside the data, and one line that tells it.</summary>
internal static class Refusal
{
    public static BitcoinFormatException Of(byte[] data, Action read)
    {
        // Shouldly looks through the stack for each: too slow where there are thousands.
        try
        {
            read();
        }
        catch (BitcoinFormatException error)
        {
            Require(error, data.Length);
            return error;
        }

        throw new InvalidDataException($"{data.Length} bytes were taken that ought to be refused: {Convert.ToHexStringLower(data)}");
    }

    public static void Require(BitcoinFormatException error, int length)
    {
        string found = error.Message;
        if (error.Offset < 0 || error.Offset > length)
        {
            throw new InvalidDataException($"the offset lies outside the {length} bytes: {found}");
        }

        if (!found.StartsWith($"byte {error.Offset}: ", StringComparison.Ordinal) || found.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new InvalidDataException($"not one line that begins with the offset: {found}");
        }
    }
}
