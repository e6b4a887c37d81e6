using System.Globalization;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin;

/// <summary>Amounts of bitcoin, in satoshis: a hundred million are one coin.</summary>
internal static class Satoshis
{
    /// <summary>All that there can ever be: 21 million coins. Source: Bitcoin Core, MAX_MONEY.</summary>
    public const ulong Max = 21_000_000UL * 100_000_000;

    /// <summary>The amount, where there can be so much.</summary>
    /// <exception cref="BitcoinFormatException">There cannot.</exception>
    public static Amount Check(ulong satoshis) => satoshis <= Max
        ? Amount.From(satoshis)
        : throw new BitcoinFormatException(string.Create(CultureInfo.InvariantCulture, $"an amount of {satoshis} satoshis is more than the 21 million coins that there can be"));
}
