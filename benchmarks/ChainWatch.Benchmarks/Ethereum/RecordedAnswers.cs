using System.Globalization;
using System.Text;

namespace ChainWatch.Benchmarks.Ethereum;

/// <summary>
/// Answers as nodes give them, made up: the fields of geth's receipts and logs, with values from a fixed pseudo-random stream.
/// A mainnet block has about 150 transactions with 400 events, most of them of tokens.
/// </summary>
internal sealed class RecordedAnswers
{
    private const string Transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private readonly SplitMix _random = new(7);
    private readonly string _blockHash;

    public RecordedAnswers() => _blockHash = Hash();

    /// <summary>An answer of eth_getBlockReceipts.</summary>
    public byte[] Receipts(int receipts, int logs)
    {
        StringBuilder json = new("[");
        for (int i = 0; i < receipts; i++)
        {
            string tx = Hash();
            int count = (logs * (i + 1) / receipts) - (logs * i / receipts);
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"blockHash":"{{_blockHash}}","blockNumber":"0x14a6b3f","contractAddress":null,"cumulativeGasUsed":"0x{{i * 91_000:x}}","effectiveGasPrice":"0x2f6ab5f04","from":"{{Address()}}","gasUsed":"0x{{_random.Next() % 200_000:x}}","logs":""");
            Logs(json, count, tx, i);
            json.Append(CultureInfo.InvariantCulture, $$""","logsBloom":"0x{{Digits(512)}}","status":"0x1","to":"{{Address()}}","transactionHash":"{{tx}}","transactionIndex":"0x{{i:x}}","type":"0x2"}""");
        }

        return System.Text.Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    /// <summary>An answer of eth_getLogs.</summary>
    public byte[] Logs(int logs)
    {
        StringBuilder json = new();
        Logs(json, logs, Hash(), 0);
        return System.Text.Encoding.UTF8.GetBytes(json.ToString());
    }

    private void Logs(StringBuilder json, int count, string tx, int txIndex)
    {
        json.Append('[');
        for (int i = 0; i < count; i++)
        {
            // Seven of ten are transfers of tokens; the rest has more data.
            bool isTransfer = _random.Next() % 10 < 7;
            string topics = isTransfer ? $"\"{Transfer}\",\"0x{new string('0', 24)}{Digits(40)}\",\"0x{new string('0', 24)}{Digits(40)}\"" : $"\"{Hash()}\",\"0x{new string('0', 24)}{Digits(40)}\"";
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"address":"{{Address()}}","topics":[{{topics}}],"data":"0x{{Digits(isTransfer ? 64 : 320)}}","blockNumber":"0x14a6b3f","transactionHash":"{{tx}}","transactionIndex":"0x{{txIndex:x}}","blockHash":"{{_blockHash}}","logIndex":"0x{{i:x}}","removed":false}""");
        }

        json.Append(']');
    }

    private string Hash() => "0x" + Digits(64);

    private string Address() => "0x" + Digits(40);

    private string Digits(int count)
    {
        StringBuilder digits = new(count);
        while (digits.Length < count)
        {
            digits.Append(_random.Next().ToString("x16", CultureInfo.InvariantCulture));
        }

        return digits.ToString(0, count);
    }
}
