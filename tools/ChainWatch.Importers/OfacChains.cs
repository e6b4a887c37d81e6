namespace ChainWatch.Importers;

/// <summary>The chain of an address on the current SDN list, by the source's name for it.</summary>
internal static class OfacChains
{
    public static Chain Of(SourceRow row, CurrentAddress listed) => Chain.Parse((listed.Chain, listed.Tickers) switch
    {
        // The source takes a Base58 text it does not know for Solana's; OFAC's ticker and the checksum say Dogecoin.
        ("solana", ["DOGE"]) => "dogecoin",
        ("unknown", ["BNB"]) => "bnb-beacon-chain",
        ("bitcoin_cash", _) => "bitcoin-cash",
        ("bitcoin_gold", _) => "bitcoin-gold",
        ("bitcoin_sv", _) => "bitcoin-sv",
        ("ripple", _) => "xrp",
        ("bitcoin" or "tron" or "ethereum" or "litecoin" or "monero" or "solana" or "dash" or "zcash" or "verge", _) => listed.Chain,
        _ => throw row.Error("tickers", $"unknown chain '{listed.Chain}' with the tickers {string.Join('|', listed.Tickers)}"),
    });
}
