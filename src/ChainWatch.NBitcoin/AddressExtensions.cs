using ChainWatch.Bitcoin.Decoding;
using NBitcoin;

namespace ChainWatch.NBitcoin;

/// <summary>
/// NBitcoin's addresses and scripts as addresses of ChainWatch, and back. Whose address a script pays is told by ChainWatch's
/// rules: a bare public key is its hash's address, and a witness program of a later version has one (BIP 350), where NBitcoin
/// has none.
/// </summary>
public static class AddressExtensions
{
    /// <summary>The address as one of ChainWatch.</summary>
    /// <exception cref="ChainWatchException">Its network is no chain of Bitcoin that is known.</exception>
    public static Address ToAddress(this BitcoinAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Address.Parse(address.ToString(), address.Network.ToChain());
    }

    /// <summary>The address as one of NBitcoin.</summary>
    /// <exception cref="ChainWatchException">
    /// Not Bitcoin's; a witness program that NBitcoin has no address for (another version or length than P2WPKH, P2WSH and P2TR); or a
    /// P2TR one whose key is no point of the curve.
    /// </exception>
    public static BitcoinAddress ToBitcoinAddress(this Address address)
    {
        Network network = address.Chain.ToNetwork();
        if (address.Kind == AddressKind.Text)
        {
            throw new ChainWatchException($"'{address}' is a witness program that NBitcoin has no address for; expected P2PKH, P2SH, P2WPKH, P2WSH or P2TR");
        }

        try
        {
            return BitcoinAddress.Create(address.ToString(), network);
        }
        catch (FormatException e) when (address.Kind == AddressKind.P2Tr)
        {
            throw new ChainWatchException($"'{address}' is no address for NBitcoin: its taproot key is no point of the curve", e);
        }
    }

    /// <summary>The address that a script pays; null for those that have none (OP_RETURN, bare multisig, non-standard).</summary>
    /// <param name="script">An output's script.</param>
    /// <param name="chain">Bitcoin or one of its test networks.</param>
    /// <exception cref="ChainWatchException">Another chain.</exception>
    public static Address? FindAddress(this Script script, Chain chain)
    {
        ArgumentNullException.ThrowIfNull(script);
        _ = chain.ToNetwork();
        return OutputScript.TryGetAddress(chain, script.ToBytes(true), out _, out Address address) ? address : null;
    }
}
