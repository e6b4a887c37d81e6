using System.Runtime.InteropServices;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>
/// Reads traces in the form of OpenEthereum: <c>trace_block</c>, <c>trace_transaction</c>, <c>trace_filter</c>. The first two give
/// each transaction's steps from the outside in, parents before children, and each step says how many it called: so a step
/// that was left out shows.
/// </summary>
internal static class ParityTraceDecoder
{
    /// <summary>Reads whole transactions' traces, and marks what was undone.</summary>
    /// <param name="json">An array of traces.</param>
    /// <param name="rows">Where to.</param>
    /// <exception cref="EthereumFormatException">It is none, or steps are missing.</exception>
    public static void DecodeWhole(ReadOnlySpan<byte> json, List<TraceRow> rows)
    {
        int start = rows.Count;
        List<int> subtraces = [];
        Decode(json, rows, subtraces);
        CheckAndMark(CollectionsMarshal.AsSpan(rows)[start..], CollectionsMarshal.AsSpan(subtraces));
    }

    /// <summary>Reads traces picked out of their transactions: of what was undone only the step's own error shows.</summary>
    public static void DecodePicked(ReadOnlySpan<byte> json, List<TraceRow> rows) => Decode(json, rows, []);

    private static void Decode(ReadOnlySpan<byte> json, List<TraceRow> rows, List<int> subtraces)
    {
        JsonScanner scanner = new(json);
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst);)
        {
            (TraceRow row, int count) = DecodeOne(ref scanner);
            rows.Add(row);
            subtraces.Add(count);
        }

        scanner.End();
    }

    private static (TraceRow Row, int Subtraces) DecodeOne(ref JsonScanner scanner)
    {
        TraceRow row = new() { TxIndex = -1, Kind = TraceKind.CallWithoutValue };
        int subtraces = -1;
        ReadOnlySpan<byte> type = default;
        TraceKind? call = null;
        bool hasAction = false;
        bool hasAddress = false;
        Bytes20? created = null;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 6 when name.SequenceEqual("action"u8):
                    DecodeAction(ref scanner, ref row, ref call);
                    hasAction = true;
                    break;
                case 6 when name.SequenceEqual("result"u8):
                    created = DecodeResult(ref scanner);
                    break;
                case 5 when name.SequenceEqual("error"u8):
                    row.HasError = !scanner.TryReadNull();
                    if (row.HasError)
                    {
                        scanner.Skip();
                    }

                    break;
                case 9 when name.SequenceEqual("subtraces"u8):
                    subtraces = ReadInt(ref scanner, "subtraces");
                    break;
                case 12 when name.SequenceEqual("traceAddress"u8):
                    hasAddress = true;
                    scanner.StartArray();
                    for (bool isFirstIndex = true; scanner.NextItem(ref isFirstIndex);)
                    {
                        scanner.ReadWord();
                        row.Depth++;
                    }

                    break;
                case 15 when name.SequenceEqual("transactionHash"u8):
                    row.Tx = scanner.TryReadNull() ? default : Hex.ReadHash(scanner.ReadString(), "transactionHash");
                    break;
                case 19 when name.SequenceEqual("transactionPosition"u8):
                    row.TxIndex = scanner.TryReadNull() ? -1 : ReadInt(ref scanner, "transactionPosition");
                    break;
                case 11 when name.SequenceEqual("blockNumber"u8):
                    row.Block = ReadLong(ref scanner, "blockNumber");
                    break;
                case 9 when name.SequenceEqual("blockHash"u8):
                    row.BlockHash = scanner.TryReadNull() ? null : Hex.ReadHash(scanner.ReadString(), "blockHash");
                    break;
                case 4 when name.SequenceEqual("type"u8):
                    type = scanner.ReadString();
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        if (!hasAction || !hasAddress || subtraces < 0 || type.IsEmpty)
        {
            throw scanner.Malformed("a trace with action, type, subtraces and traceAddress");
        }

        row.Kind = type.SequenceEqual("call"u8) ? call ?? throw scanner.Malformed("a call with a callType")
            : type.SequenceEqual("create"u8) ? TraceKind.Create
            : type.SequenceEqual("suicide"u8) ? TraceKind.SelfDestruct
            : type.SequenceEqual("reward"u8) ? TraceKind.Reward
            : throw scanner.Malformed("a trace of type call, create, suicide or reward");
        row.To = row.Kind == TraceKind.Create ? created : row.To;
        row.IsReverted = row.HasError;
        return (row, subtraces);
    }

    private static void DecodeAction(ref JsonScanner scanner, ref TraceRow row, ref TraceKind? call)
    {
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("from"u8):
                    row.From = Hex.ReadAddress(scanner.ReadString(), "action.from");
                    break;
                case 2 when name.SequenceEqual("to"u8):
                    row.To = scanner.TryReadNull() ? null : Hex.ReadAddress(scanner.ReadString(), "action.to");
                    break;
                case 5 when name.SequenceEqual("value"u8):
                    row.Value = Hex.ReadAmount(scanner.ReadString(), "action.value");
                    break;
                case 8 when name.SequenceEqual("callType"u8):
                    call = scanner.TryReadNull() ? null : KindOfCall(scanner.ReadString());
                    break;
                // A selfdestruct's.
                case 7 when name.SequenceEqual("address"u8):
                    row.From = Hex.ReadAddress(scanner.ReadString(), "action.address");
                    break;
                case 13 when name.SequenceEqual("refundAddress"u8):
                    row.To = scanner.TryReadNull() ? null : Hex.ReadAddress(scanner.ReadString(), "action.refundAddress");
                    break;
                case 7 when name.SequenceEqual("balance"u8):
                    row.Value = Hex.ReadAmount(scanner.ReadString(), "action.balance");
                    break;
                // A reward's.
                case 6 when name.SequenceEqual("author"u8):
                    row.To = Hex.ReadAddress(scanner.ReadString(), "action.author");
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }
    }

    // What kind of call it was decides whether it moved anything: a kind that is not known is not guessed.
    private static TraceKind KindOfCall(ReadOnlySpan<byte> callType) =>
        callType.SequenceEqual("call"u8) ? TraceKind.Call
        : callType.SequenceEqual("delegatecall"u8) || callType.SequenceEqual("staticcall"u8) || callType.SequenceEqual("callcode"u8) ? TraceKind.CallWithoutValue
        : throw new EthereumFormatException("action.callType: is of no known kind; expected call, callcode, delegatecall or staticcall");

    private static Bytes20? DecodeResult(ref JsonScanner scanner)
    {
        if (scanner.TryReadNull())
        {
            return null;
        }

        Bytes20? address = null;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            if (name.SequenceEqual("address"u8) && !scanner.TryReadNull())
            {
                address = Hex.ReadAddress(scanner.ReadString(), "result.address");
            }
            else
            {
                scanner.Skip();
            }
        }

        return address;
    }

    // Numbers are plain here, and hex with some nodes.
    private static int ReadInt(ref JsonScanner scanner, string field) =>
        ReadLong(ref scanner, field) is long value and <= int.MaxValue ? (int)value : throw scanner.Malformed($"{field} of at most 31 bits");

    private static long ReadLong(ref JsonScanner scanner, string field)
    {
        if (scanner.Peek() == (byte)'"')
        {
            return Hex.ReadLong(scanner.ReadString(), field);
        }

        return long.TryParse(scanner.ReadWord(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long value) ? value : throw scanner.Malformed($"{field} as a number");
    }

    private static void CheckAndMark(Span<TraceRow> rows, ReadOnlySpan<int> subtraces)
    {
        // From the outermost step down to the one before: how many children are still to come, and whether it is undone.
        Stack<(int Left, bool IsReverted)> open = [];
        for (int i = 0; i < rows.Length; i++)
        {
            ref TraceRow row = ref rows[i];
            while (open.Count > row.Depth || (row.Depth == 0 && open.Count > 0))
            {
                Close(open);
            }

            if (row.Kind == TraceKind.Reward)
            {
                continue;
            }

            if (row.Depth > open.Count || (row.Depth > 0 && rows[i - 1].TxIndex != row.TxIndex))
            {
                throw new EthereumFormatException($"a step of transaction {row.TxIndex} came without the one that made it: the answer is not whole");
            }

            if (row.Depth > 0)
            {
                (int left, bool isReverted) = open.Pop();
                open.Push((left - 1, isReverted));
                row.IsReverted |= isReverted;
            }

            open.Push((subtraces[i], row.IsReverted));
        }

        while (open.Count > 0)
        {
            Close(open);
        }
    }

    private static void Close(Stack<(int Left, bool IsReverted)> open)
    {
        if (open.Pop().Left != 0)
        {
            throw new EthereumFormatException("a step says that it called more, or fewer, than the answer holds: the answer is not whole");
        }
    }
}
