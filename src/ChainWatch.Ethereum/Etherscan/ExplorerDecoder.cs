using System.Globalization;
using ChainWatch.Ethereum.Decoding;

namespace ChainWatch.Ethereum.Etherscan;

/// <summary>What an explorer answered: a status, words, and a result as it stands.</summary>
internal readonly record struct ExplorerAnswer(string Status, string Message, string? Words, Range? Rows, Range? Result, string? Error);

/// <summary>Reads the answers of Etherscan's API and of those that follow it.</summary>
internal static class ExplorerDecoder
{
    /// <summary>Reads what is around the rows: status and words, or the frame of a node's answer.</summary>
    /// <exception cref="EthereumFormatException">It is neither.</exception>
    public static ExplorerAnswer DecodeFrame(ReadOnlySpan<byte> json)
    {
        ExplorerAnswer answer = new("", "", null, null, null, null);
        JsonScanner scanner = new(json);
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            if (name.SequenceEqual("status"u8) && scanner.Peek() == (byte)'"')
            {
                answer = answer with { Status = Text(scanner.ReadString()) };
            }
            else if (name.SequenceEqual("message"u8) && scanner.Peek() == (byte)'"')
            {
                answer = answer with { Message = Text(scanner.ReadString()) };
            }
            else if (name.SequenceEqual("error"u8))
            {
                scanner.Peek();
                int start = scanner.Position;
                scanner.Skip();
                string error = Text(json[start..scanner.Position]);
                answer = error == "null" ? answer : answer with { Error = error };
            }
            else if (name.SequenceEqual("result"u8))
            {
                byte first = scanner.Peek();
                int start = scanner.Position;
                scanner.Skip();
                Range range = start..scanner.Position;
                answer = answer with { Result = range, Rows = first == (byte)'[' ? range : null, Words = first == (byte)'"' ? Text(json[(start + 1)..(scanner.Position - 1)]) : null };
            }
            else
            {
                scanner.Skip();
            }
        }

        scanner.End();
        return answer;
    }

    /// <summary>Reads rows.</summary>
    /// <param name="json">An array of objects.</param>
    /// <param name="action">Whose, for messages.</param>
    /// <exception cref="EthereumFormatException">A row is malformed: the message has its number and field.</exception>
    public static List<ExplorerRow> DecodeRows(ReadOnlySpan<byte> json, string action)
    {
        List<ExplorerRow> rows = [];
        JsonScanner scanner = new(json);
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            try
            {
                rows.Add(DecodeRow(ref scanner));
            }
            catch (EthereumFormatException e)
            {
                throw new EthereumFormatException(string.Create(CultureInfo.InvariantCulture, $"{action}, row {rows.Count + 1}: {e.Message}"), e);
            }
        }

        scanner.End();
        return rows;
    }

    private static ExplorerRow DecodeRow(ref JsonScanner scanner)
    {
        ExplorerRow row = new() { Block = -1, MovesValue = true };
        bool hasFrom = false;
        bool hasTime = false;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            if (scanner.Peek() != (byte)'"')
            {
                // No field that matters is written otherwise; a null is as good as nothing.
                scanner.Skip();
                continue;
            }

            ReadOnlySpan<byte> text = scanner.ReadString();
            switch (name)
            {
                case var _ when text.IsEmpty:
                    break;
                case var _ when name.SequenceEqual("blockNumber"u8):
                    row.Block = ReadLong(text, "blockNumber");
                    break;
                case var _ when name.SequenceEqual("timeStamp"u8):
                    row.Time = DateTimeOffset.UnixEpoch.AddSeconds(ReadLong(text, "timeStamp"));
                    hasTime = true;
                    break;
                case var _ when name.SequenceEqual("hash"u8) || name.SequenceEqual("transactionHash"u8):
                    row.Tx = Hex.ReadHash(text, "hash");
                    break;
                case var _ when name.SequenceEqual("transactionIndex"u8):
                    row.TxIndex = (int)ReadLong(text, "transactionIndex");
                    break;
                case var _ when name.SequenceEqual("from"u8):
                    row.From = Hex.ReadAddress(text, "from");
                    hasFrom = true;
                    break;
                case var _ when name.SequenceEqual("to"u8):
                    row.To = Hex.ReadAddress(text, "to");
                    break;
                case var _ when name.SequenceEqual("contractAddress"u8):
                    row.Contract = Hex.ReadAddress(text, "contractAddress");
                    break;
                case var _ when name.SequenceEqual("value"u8):
                    row.Value = Amount.TryParse(Text(text), out Amount value) ? value : throw new EthereumFormatException($"value: '{Text(text)}'; expected an integer");
                    break;
                case var _ when name.SequenceEqual("isError"u8):
                    row.IsError |= text.SequenceEqual("1"u8);
                    break;
                case var _ when name.SequenceEqual("txreceipt_status"u8):
                    row.IsError |= text.SequenceEqual("0"u8);
                    break;
                case var _ when name.SequenceEqual("type"u8):
                    row.IsCreation = text.StartsWith("create"u8);
                    row.MovesValue = row.IsCreation || text.SequenceEqual("call"u8) || text.SequenceEqual("suicide"u8) || text.SequenceEqual("selfdestruct"u8);
                    break;
                case var _ when name.SequenceEqual("callType"u8):
                    row.MovesValue &= text.SequenceEqual("call"u8);
                    break;
                case var _ when name.SequenceEqual("tokenID"u8):
                    row.IsPiece = true;
                    break;
            }
        }

        return row.Block >= 0 && hasFrom && hasTime ? row : throw new EthereumFormatException("a field is missing; expected blockNumber, timeStamp and from");
    }

    private static long ReadLong(ReadOnlySpan<byte> text, string field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= 253_402_300_799L ? value : throw new EthereumFormatException($"{field}: '{Text(text)}'; expected an integer");

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
