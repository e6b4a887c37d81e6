namespace ChainWatch.Bitcoin;

/// <summary>
/// An address in the main network's form, by which a private network is asked whether it writes its own so: the hash of 20
/// zero bytes, of which nobody has the key.
/// </summary>
internal static class MainAddress
{
    public static string Sample { get; } = Address.FromPayload(Chain.Bitcoin, AddressKind.P2Pkh, new byte[20]).ToString();
}
