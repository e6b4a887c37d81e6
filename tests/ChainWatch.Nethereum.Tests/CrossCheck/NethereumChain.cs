using System.Numerics;
using ChainWatch.Ethereum.Tests.CrossCheck;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.DebugNode.Dtos.Tracing;
using Nethereum.RPC.DebugNode.Tracers;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Web3;

namespace ChainWatch.Nethereum.Tests.CrossCheck;

/// <summary>Transfers of value as a user of Nethereum reads them off a node: blocks, receipts, events and call traces, with its types alone.</summary>
internal sealed class NethereumChain(IWeb3 web3)
{
    /// <summary><c>BLOCK INDEX FROM TO ASSET VALUE</c>, sorted.</summary>
    public async Task<string[]> TransfersAsync(long first, long last)
    {
        List<string> lines = [];
        for (long height = first; height <= last; height++)
        {
            BlockWithTransactions block = await web3.Eth.Blocks.GetBlockWithTransactionsByNumber.SendRequestAsync(new HexBigInteger(height));
            foreach (Transaction tx in block.Transactions)
            {
                string place = $"{height} {(int)tx.TransactionIndex.Value:d3}";
                lines.AddRange((await MovesAsync(tx)).Select(m => $"{place} {m}"));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> MovesAsync(Transaction tx)
    {
        List<string> moves = [];
        TransactionReceipt receipt = await web3.Eth.Transactions.GetTransactionReceipt.SendRequestAsync(tx.TransactionHash);
        if (receipt.Status.Value.IsZero)
        {
            return moves;
        }

        Add(moves, tx.From, tx.To ?? receipt.ContractAddress, "native", tx.Value.Value);
        CallTracerResponse root = await web3.Debug.TraceTransaction.SendRequestAsync<CallTracerResponse>(tx.TransactionHash, new TracingOptions { TracerInfo = new CallTracerInfo(null, null) });
        AddCalls(moves, root);
        foreach (FilterLog log in receipt.Logs)
        {
            string[] parts = NethereumEvents.Line(log, SeededLogs.Weth).Split(' ');
            if (parts[0] == "erc20")
            {
                Add(moves, parts[1], parts[2], NethereumEvents.Lower(log.Address), BigInteger.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return moves;
    }

    // What failed undoes all that it called.
    private static void AddCalls(List<string> moves, CallTracerResponse call)
    {
        foreach (CallTracerResponse inner in call.Calls?.Where(c => c.Error is null) ?? [])
        {
            if (inner.Type is "CALL" or "CREATE" or "CREATE2" or "SELFDESTRUCT")
            {
                Add(moves, inner.From, inner.To, "native", inner.Value?.Value ?? 0);
            }

            AddCalls(moves, inner);
        }
    }

    private static void Add(List<string> moves, string from, string to, string asset, BigInteger value)
    {
        if (!value.IsZero)
        {
            moves.Add($"{NethereumEvents.Lower(from)} {NethereumEvents.Lower(to)} {asset} {value}");
        }
    }
}
