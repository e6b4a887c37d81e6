using System.Globalization;
using System.Text;

namespace ChainWatch.Ethereum.Tests.Decoding;

/// <summary>Answers made up at random: properties in any order, unknown ones among them, white space, capitals. Reproducible from a number.</summary>
internal sealed class RandomAnswer(int number)
{
    private const string Transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private readonly Random _random = new(number);

    /// <summary>An answer of eth_getLogs.</summary>
    public string Logs(int count) => Array(Enumerable.Range(0, count).Select(_ => Log()));

    /// <summary>An answer of eth_getBlockReceipts.</summary>
    public string Receipts(int count) => Array(Enumerable.Range(0, count).Select(i => Object(
        ("transactionHash", Hash()), ("transactionIndex", Number(i)), ("blockHash", Hash()), ("blockNumber", Number(_random.Next())),
        ("status", _random.Next(3) switch { 0 => "null", 1 => "\"0x0\"", _ => "\"0x1\"" }), ("contractAddress", _random.Next(2) == 0 ? "null" : Hex(20)), ("logs", Logs(_random.Next(4))), ("logsBloom", Hex(256)))));

    private string Log()
    {
        int topics = _random.Next(5);
        return Object(
            ("address", Hex(20)),
            ("topics", Array(Enumerable.Range(0, topics).Select(i => i == 0 && _random.Next(2) == 0 ? $"\"{Transfer}\"" : Hash()))),
            ("data", Hex(_random.Next(3) switch { 0 => 0, 1 => 32, _ => _random.Next(100) })),
            ("blockNumber", Number(_random.Next())), ("transactionHash", Hash()), ("transactionIndex", Number(_random.Next(500))), ("blockHash", Hash()), ("logIndex", Number(_random.Next(5000))), ("removed", _random.Next(2) == 0 ? "false" : "true"));
    }

    private string Object(params (string Name, string Value)[] properties)
    {
        List<(string Name, string Value)> all = [.. properties];
        if (_random.Next(2) == 0)
        {
            all.Add(("unknown", _random.Next(4) switch
            {
                0 => "{\"a\":[1,2,{\"b\":\"}]\\\"\"}],\"c\":null}",
                1 => "\"text with \\\\ and \\\" and ]}\"",
                2 => "-1.5e3",
                _ => "[[],{},[\"[\"]]",
            }));
        }

        if (_random.Next(2) == 0)
        {
            (string, string)[] shuffled = [.. all];
            _random.Shuffle(shuffled);
            all = [.. shuffled];
        }

        return $"{{{Space()}{string.Join(',', all.Select(p => $"{Space()}\"{p.Name}\"{Space()}:{Space()}{p.Value}{Space()}"))}}}";
    }

    private string Array(IEnumerable<string> items) => $"[{string.Join(',', items.Select(i => Space() + i))}{Space()}]";

    private string Space() => _random.Next(12) switch { 0 => " ", 1 => "\n\t", _ => "" };

    private string Hash() => Hex(32);

    private static string Number(int value) => string.Create(CultureInfo.InvariantCulture, $"\"0x{value:x}\"");

    private string Hex(int bytes)
    {
        byte[] data = new byte[bytes];
        _random.NextBytes(data);
        StringBuilder text = new(Convert.ToHexStringLower(data));
        return $"\"0x{(_random.Next(4) == 0 ? text.ToString().ToUpperInvariant() : text.ToString())}\"";
    }
}
