using System.Diagnostics.CodeAnalysis;
using Nethereum.RPC.Accounts;

namespace ChainWatch.Nethereum;

/// <summary>Addresses as Nethereum has them, which are texts, and as ChainWatch has them, which are values on a chain.</summary>
public static class NethereumAddress
{
    private const int DigitCount = 40;

    /// <summary>
    /// Reads an address as Nethereum's types hold it: 40 hexadecimal digits, with 0x or without. Stricter than Nethereum: a text
    /// of mixed case must have its EIP-55 checksum, a short one is not padded, and the empty address (null, "", 0x0) is none.
    /// </summary>
    /// <param name="text">The address.</param>
    /// <param name="chain">An EVM chain; null: Ethereum.</param>
    /// <exception cref="ChainWatchException">It is none.</exception>
    public static Address Parse(string? text, Chain? chain = null) => Address.Parse(Prefixed(text), Evm(chain));

    /// <summary>As <see cref="Parse"/>; false where the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address, Chain? chain = null) => Address.TryParse(Prefixed(text), Evm(chain), out address);

    /// <summary>An account's address.</summary>
    /// <inheritdoc cref="Parse"/>
    /// <param name="account">The account.</param>
    /// <param name="chain">An EVM chain; null: Ethereum.</param>
    public static Address ToAddress(this IAccount account, Chain? chain = null) => Parse(account.Address, chain);

    /// <summary>The text that Nethereum takes and makes: 0x and 40 hexadecimal digits with their EIP-55 checksum.</summary>
    /// <exception cref="ChainWatchException">The address is not of an EVM chain.</exception>
    public static string ToNethereum(this Address address) => address.Kind == AddressKind.Evm
        ? address.ToString()
        : throw new ChainWatchException($"'{address}' of {address.Chain} is no address of an EVM chain");

    private static string Prefixed(string? text) => text is { Length: DigitCount } && text.All(char.IsAsciiHexDigit) ? $"0x{text}" : text ?? "";

    private static Chain Evm(Chain? chain) => chain switch
    {
        null => Chain.Ethereum,
        { IsEvm: true } evm => evm,
        { } other => throw new ChainWatchException($"{other} is no EVM chain; expected one such as eip155:1"),
    };
}
