using System.Collections.Frozen;

namespace ChainWatch.Lists;

/// <summary>
/// Finds the entries of an address: EVM addresses by their 20 bytes on whatever chain, every other by its canonical text
/// on whatever chain (a legacy Bitcoin Cash address is written like a Bitcoin one).
/// </summary>
internal sealed class ScreeningIndex
{
    private readonly FrozenDictionary<Address, Listed[]> _byPayload;
    private readonly FrozenDictionary<string, Listed[]> _byText;

    public ScreeningIndex(IReadOnlyList<AddressList> lists)
    {
        // Designations first: what a sanctions list says is read before what anybody else says.
        Lists = [.. lists.OrderBy(list => list.Entries.Any(entry => entry is Designation) ? 0 : 1).ThenBy(list => list.Name, StringComparer.Ordinal)];
        Dictionary<string, List<Listed>> byText = new(StringComparer.Ordinal);
        foreach (AddressList list in Lists)
        {
            // Ordered here, once, so that every address has its entries list by list and each list's in order.
            foreach (ListEntry entry in list.Entries.Order(Comparer<ListEntry>.Create(EntryOrder.CompareStatements)))
            {
                foreach (string text in Writings(entry))
                {
                    if (!byText.TryGetValue(text, out List<Listed>? entries))
                    {
                        byText.Add(text, entries = []);
                    }

                    entries.Add(new Listed(entry, list.AsOf));
                }
            }
        }

        _byText = byText.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);

        // Writing an address as text costs more than finding it, so the common kinds are also found by their bytes.
        Dictionary<Address, Listed[]> byPayload = [];
        foreach ((string text, Listed[] entries) in _byText)
        {
            if (Address.TryParse(text, out Address read) && HasFastKey(read) && read.ToCanonicalString() == text)
            {
                byPayload.Add(Key(read), entries);
            }
        }

        _byPayload = byPayload.ToFrozenDictionary();
    }

    public AddressList[] Lists { get; }

    /// <summary>The entries of an address, in the order in which a screening shows them.</summary>
    public Listed[] Find(Address address) =>
        (HasFastKey(address) ? _byPayload.GetValueOrDefault(Key(address)) : _byText.GetValueOrDefault(address.ToCanonicalString())) ?? [];

    /// <summary>The entries of a text that is exactly an address as listed, whether or not it passes the checks of its format.</summary>
    public Listed[] FindListed(string text) => _byText.GetValueOrDefault(text) ?? [];

    // An address may be written in several ways; the text that the issuer used is also read without its chain, as a user
    // gives it.
    private static IEnumerable<string> Writings(ListEntry entry) => new[]
    {
        entry.Address.ToCanonicalString(),
        entry.ListedAs,
        Address.TryParse(entry.ListedAs, out Address read) ? read.ToCanonicalString() : "",
    }.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal);

    private static bool HasFastKey(Address address) => address.Kind == AddressKind.Evm || (address.Kind != AddressKind.Text && address.Chain == Chain.Bitcoin);

    private static Address Key(Address address) => address.Kind == AddressKind.Evm && address.Chain != Chain.Ethereum ? address.OnChain(Chain.Ethereum) : address;

    /// <summary>An entry, and the day as of which its list speaks.</summary>
    internal readonly record struct Listed(ListEntry Entry, DateOnly AsOf);
}
