using System.Buffers;

namespace ChainWatch.Encoding;

/// <summary>
/// Addresses of Ethereum and the other EVM chains: 0x and 40 hexadecimal digits, all of one case or with EIP-55's
/// checksum in the case of the letters.
/// </summary>
internal static class EvmFormat
{
    private const int PayloadLength = 20;
    private const int TextLength = 2 + Eip55.Digits;
    private const int TransactionHashLength = 2 + 64;

    /// <summary>Whether the text starts as an EVM address does.</summary>
    public static bool Looks(string text) => text.Length >= 2 && text[0] == '0' && text[1] is 'x' or 'X';

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        address = default;
        Span<byte> payload = stackalloc byte[PayloadLength];
        if (text.Length != TextLength
            || !Looks(text)
            || Convert.FromHexString(text.AsSpan(2), payload, out _, out _) != OperationStatus.Done)
        {
            string hint = text.Length == TransactionHashLength && Looks(text) ? " (64 are a transaction's hash)" : "";
            return AddressProblem.Form(chain, $"0x and 40 hexadecimal digits{hint}");
        }

        if (!Eip55.IsValid(text.AsSpan(2)))
        {
            return "has a wrong EIP-55 checksum: expected all letters in one case, or the case that the checksum gives them";
        }

        address = Address.FromPayload(chain, AddressKind.Evm, payload);
        return null;
    }

    /// <summary>Writes lower-case digits where canonical, else EIP-55.</summary>
    public static string Write(Address address, bool canonical) => string.Create(TextLength, (address, canonical), static (text, state) =>
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        state.address.CopyPayload(payload);
        "0x".CopyTo(text);
        Convert.TryToHexStringLower(payload, text[2..], out _);
        if (!state.canonical)
        {
            Eip55.Apply(text[2..]);
        }
    });
}
