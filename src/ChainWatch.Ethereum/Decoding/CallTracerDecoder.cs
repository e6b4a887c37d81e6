using System.Runtime.InteropServices;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>Reads traces in the form of geth's callTracer: <c>debug_traceBlockByNumber</c> and <c>debug_traceTransaction</c>. Calls stand inside the call that made them.</summary>
internal static class CallTracerDecoder
{
    // The EVM's own limit on calls inside calls is 1,024.
    private const int DepthMax = 1100;

    /// <summary>Reads a block's transactions, in their order.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="EthereumFormatException">It is none, or a transaction could not be traced.</exception>
    public static int DecodeBlock(ReadOnlySpan<byte> json, List<TraceRow> rows)
    {
        JsonScanner scanner = new(json);
        int count = 0;
        scanner.StartArray();
        for (bool isFirst = true; scanner.NextItem(ref isFirst); count++)
        {
            int start = rows.Count;
            TxId tx = default;
            bool hasResult = false;
            scanner.StartObject();
            for (bool isFirstOfOne = true; scanner.NextProperty(ref isFirstOfOne, out ReadOnlySpan<byte> name);)
            {
                if (name.SequenceEqual("result"u8))
                {
                    DecodeFrame(ref scanner, rows, count, 0);
                    hasResult = true;
                }
                else if (name.SequenceEqual("txHash"u8))
                {
                    tx = Hex.ReadHash(scanner.ReadString(), "txHash");
                }
                else
                {
                    scanner.Skip();
                }
            }

            if (!hasResult)
            {
                throw new EthereumFormatException($"transaction {count} has no result: the node could not trace it");
            }

            foreach (ref TraceRow row in CollectionsMarshal.AsSpan(rows)[start..])
            {
                row.Tx = tx;
            }
        }

        scanner.End();
        return count;
    }

    /// <summary>Reads one transaction.</summary>
    public static void DecodeTransaction(ReadOnlySpan<byte> json, int txIndex, List<TraceRow> rows)
    {
        JsonScanner scanner = new(json);
        DecodeFrame(ref scanner, rows, txIndex, 0);
        scanner.End();
    }

    private static void DecodeFrame(ref JsonScanner scanner, List<TraceRow> rows, int txIndex, int depth)
    {
        if (depth > DepthMax)
        {
            throw scanner.Malformed($"calls at most {DepthMax} deep");
        }

        // What it moves is often told after what it called.
        int own = rows.Count;
        rows.Add(default);
        TraceRow row = new() { TxIndex = txIndex, Depth = depth, Kind = TraceKind.CallWithoutValue };
        bool hasType = false;
        bool hasValue = false;
        bool isKnown = true;
        scanner.StartObject();
        for (bool isFirst = true; scanner.NextProperty(ref isFirst, out ReadOnlySpan<byte> name);)
        {
            switch (name.Length)
            {
                case 4 when name.SequenceEqual("from"u8):
                    row.From = Hex.ReadAddress(scanner.ReadString(), "from");
                    break;
                case 2 when name.SequenceEqual("to"u8):
                    row.To = scanner.TryReadNull() ? null : Hex.ReadAddress(scanner.ReadString(), "to");
                    break;
                case 5 when name.SequenceEqual("value"u8):
                    hasValue = !scanner.TryReadNull();
                    row.Value = hasValue ? Hex.ReadAmount(scanner.ReadString(), "value") : Amount.Zero;
                    break;
                case 4 when name.SequenceEqual("type"u8):
                    (row.Kind, isKnown) = KindOf(scanner.ReadString());
                    hasType = true;
                    break;
                case 5 when name.SequenceEqual("error"u8):
                    row.HasError = !scanner.TryReadNull() && scanner.ReadString().Length > 0;
                    break;
                case 5 when name.SequenceEqual("calls"u8):
                    if (scanner.TryReadNull())
                    {
                        break;
                    }

                    scanner.StartArray();
                    for (bool isFirstCall = true; scanner.NextItem(ref isFirstCall);)
                    {
                        DecodeFrame(ref scanner, rows, txIndex, depth + 1);
                    }

                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        if (!hasType)
        {
            throw scanner.Malformed("a call with a type");
        }

        if (!isKnown && !row.Value.IsZero)
        {
            throw scanner.Malformed("a call with value of a type that is known to move it, or not to");
        }

        if (row.Kind == TraceKind.SelfDestruct && !hasValue)
        {
            // Old versions of geth say nothing of a selfdestruct but that there was one.
            row.To = null;
        }

        row.IsReverted = row.HasError;
        Span<TraceRow> all = CollectionsMarshal.AsSpan(rows);
        all[own] = row;
        if (row.HasError)
        {
            foreach (ref TraceRow inner in all[own..])
            {
                inner.IsReverted = true;
            }
        }
    }

    private static (TraceKind Kind, bool IsKnown) KindOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("CALL"u8) ? (TraceKind.Call, true)
        : type.SequenceEqual("CREATE"u8) || type.SequenceEqual("CREATE2"u8) ? (TraceKind.Create, true)
        : type.SequenceEqual("SELFDESTRUCT"u8) || type.SequenceEqual("SUICIDE"u8) ? (TraceKind.SelfDestruct, true)
        : (TraceKind.CallWithoutValue, type.SequenceEqual("DELEGATECALL"u8) || type.SequenceEqual("STATICCALL"u8) || type.SequenceEqual("CALLCODE"u8));
}
