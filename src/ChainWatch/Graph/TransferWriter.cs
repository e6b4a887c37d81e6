using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChainWatch.Graph;

/// <summary>
/// Writes a chain's log as a transfer file in canonical order: what was read, whatever the order and the form it came in.
/// Its hash stands for the content in reports.
/// </summary>
internal sealed class TransferWriter
{
    private readonly ChainLog _log;
    private readonly TextWriter _output;
    private readonly string?[] _addresses;

    private TransferWriter(ChainLog log, TextWriter output)
    {
        _log = log;
        _output = output;
        _addresses = new string?[log.AddressTable.Length];
    }

    /// <summary>Writes some of the log's groups: UTF-8, LF, a header row.</summary>
    public static void Write(ChainLog log, Stream output, int firstGroup, int endGroup)
    {
        using StreamWriter writer = new(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        new TransferWriter(log, writer).Write(firstGroup, endGroup);
    }

    /// <summary>SHA-256 of what would be written, 64 lower-case hexadecimal digits.</summary>
    public static string Sha256(ChainLog log, int firstGroup, int endGroup)
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write))
        {
            Write(log, stream, firstGroup, endGroup);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private void Write(int firstGroup, int endGroup)
    {
        _output.WriteLine("chain,block,position,time,tx,from,to,asset,value,outpoint");
        for (int group = firstGroup; group < endGroup; group++)
        {
            LogGroup g = _log.Groups[group];
            BlockInfo block = _log.BlockTable[g.Block];
            string time = block.Time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";
            string position = string.Create(CultureInfo.InvariantCulture, $"{_log.Chain},{block.Height},{(g.Index < 0 ? "" : g.Index.ToString(CultureInfo.InvariantCulture))},{time},");
            int end = _log.EndOf(group);
            for (int i = g.Start; i < end; i++)
            {
                Write(position, i);
            }
        }
    }

    private void Write(string position, int i)
    {
        LogEntry entry = _log.Entries[i];
        string start = position + (_log.TxOf(i)?.ToString(_log.Chain) ?? "");
        string asset = _log.Assets[entry.Asset].Contract?.ToCanonicalString() ?? "native";
        if (entry.Multi < 0)
        {
            _output.WriteLine($"{start},{Text(entry.Source)},{Text(entry.Target)},{asset},{entry.Value},");
            return;
        }

        Movement movement = _log.MultiAt(entry.Multi).Movement;
        foreach (MovementInput input in movement.Inputs)
        {
            _output.WriteLine($"{start},{input.Owner?.ToCanonicalString() ?? (input.IsWithoutAddress ? "!" : "?")},,{asset},{input.Value},{input.OutPoint}");
        }

        foreach (MovementOutput output in movement.Outputs)
        {
            _output.WriteLine($"{start},,{output.Owner?.ToCanonicalString() ?? "!"},{asset},{output.Value},{output.OutPoint}");
        }
    }

    private string Text(int address) => _addresses[address] ??= _log.AddressTable[address].ToCanonicalString();
}
