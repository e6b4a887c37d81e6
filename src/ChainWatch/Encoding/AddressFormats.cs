using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Encoding;

/// <summary>Reads and writes the address formats of all chains.</summary>
internal static class AddressFormats
{
    public static bool TryRead(string text, out Address address, [NotNullWhen(false)] out string? problem) =>
        TryRead(text, Chain.Ethereum, out address, out problem);

    public static bool TryRead(string text, Chain chain, out Address address, [NotNullWhen(false)] out string? problem)
    {
        // Replaced by the real formats.
        address = default;
        problem = null;
        Span<byte> bytes = stackalloc byte[20];
        if (text.Length == 42 && Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            address = Address.FromPayload(chain, AddressKind.Evm, bytes);
            return true;
        }

        problem = "no address";
        return false;
    }

    public static string Write(Address address, bool canonical)
    {
        _ = canonical;
        Span<byte> bytes = stackalloc byte[32];
        address.CopyPayload(bytes);
        return "0x" + Convert.ToHexStringLower(bytes[..address.PayloadLength]);
    }
}
