using System.Globalization;

namespace ChainWatch.Ethereum.Tests.CrossCheck;

/// <summary>
/// Events made up from seeded bytes, an answer of <c>eth_getLogs</c>: transfers of ERC-20, ERC-721 and ERC-1155, deposits and
/// withdrawals of WETH and of others, and all of them malformed: topics missing or too many, addresses with something before
/// them, data too short and too long.
/// </summary>
internal static class SeededLogs
{
    public const int Count = 10_000;
    public const string Weth = "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2";
    private const string Transfer = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private const string Deposit = "e1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c";
    private const string Withdrawal = "7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65";
    private const string TransferSingle = "c3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62"; // ERC-1155
    private const string Approval = "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925"; // ERC-20
    private static readonly int[] DataLengths = [0, 1, 31, 33, 64, 96, 128];

    /// <summary>The answer.</summary>
    public static string Json()
    {
        SeededBytes bytes = new("chainwatch logs");
        return $"[{string.Join(',', Enumerable.Range(0, Count).Select(i => Log(bytes, i)))}]";
    }

    private static string Log(SeededBytes bytes, int number)
    {
        (string? signature, int usual) = bytes.Below(20) switch
        {
            < 11 => (Transfer, 3),
            < 13 => (Deposit, 2),
            < 15 => (Withdrawal, 2),
            < 17 => (TransferSingle, 4),
            < 18 => (Approval, 3),
            < 19 => (Convert.ToHexStringLower(bytes.Next(32)), 3),
            _ => ((string?)null, 0),
        };
        int topics = bytes.Below(4) == 0 ? bytes.Below(5) : usual;
        List<string> all = [];
        for (int i = 0; i < topics; i++)
        {
            all.Add(i == 0 ? signature ?? Transfer[..62] + "ee" : Topic(bytes));
        }

        string contract = bytes.Below(2) == 0 ? Weth[2..] : Convert.ToHexStringLower(bytes.Next(20));
        string data = bytes.Below(5) == 0 ? Convert.ToHexStringLower(bytes.Next(DataLengths[bytes.Below(DataLengths.Length)])) : Word(bytes);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"address":"0x{{Case(bytes, contract)}}","topics":[{{string.Join(',', all.Select(t => $"\"0x{Case(bytes, t)}\""))}}],"data":"0x{{Case(bytes, data)}}","blockNumber":"0x{{number:x}}","transactionHash":"0x{{number:x64}}","transactionIndex":"0x{{number % 200:x}}","blockHash":"0x{{number + 1:x64}}","logIndex":"0x{{number % 500:x}}","removed":false}
            """);
    }

    // Mostly an address as it should be; sometimes with something in the twelve bytes before it.
    private static string Topic(SeededBytes bytes) => bytes.Below(8) switch
    {
        0 => Convert.ToHexStringLower(bytes.Next(32)),
        1 => $"{new string('0', 23)}1{Convert.ToHexStringLower(bytes.Next(20))}",
        _ => $"{new string('0', 24)}{Convert.ToHexStringLower(bytes.Next(20))}",
    };

    // Numbers of every length, zero among them.
    private static string Word(SeededBytes bytes) => Convert.ToHexStringLower(bytes.Next(bytes.Below(33))).PadLeft(64, '0');

    private static string Case(SeededBytes bytes, string hex) => bytes.Below(4) == 0 ? hex.ToUpperInvariant() : hex;
}
