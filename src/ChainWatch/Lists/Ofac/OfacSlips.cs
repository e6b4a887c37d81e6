namespace ChainWatch.Lists.Ofac;

/// <summary>
/// Texts that OFAC itself lists as digital currency addresses and that are none. They are carried as listed, since leaving
/// them out would make the list smaller than OFAC's.
/// </summary>
internal static class OfacSlips
{
    private static readonly HashSet<(string Ticker, string Text)> Known =
    [
        // 64 hexadecimal digits, the form of a payment id or a transaction hash (listed 2020-09-16).
        ("XMR", "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320"),
        // Has an "l", which Base58 does not.
        ("XMR", "45ezvPejNsKYntjhyyeb7fbfzilsxYQozc5Ffseh8jPGW4JZQQVXykNTfK5uGFiij7Hp3qPv3T5HCR7F3Fnmz2mzE1aKQwo"),
    ];

    public static bool IsKnown(string ticker, string text) => Known.Contains((ticker, text));
}
