using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>Writes the model in the API's form.</summary>
/// <remarks>
/// Fields: Esplora's API.md (transaction format, block format) and Blockstream/electrs src/rest.rs. Fields that electrs
/// leaves out where there is nothing (scriptpubkey_address, witness, block_height, …) are left out; those that it writes as
/// null (prevout, previousblockhash, height of a status) are null. The disassembled scripts (…_asm) are not written.
/// </remarks>
internal sealed class EsploraJson(EsploraChain chain, EsploraDialect dialect)
{
    /// <summary>A transaction.</summary>
    public JsonObject Transaction(EsploraTx tx) => new()
    {
        ["txid"] = tx.TxId,
        ["version"] = tx.Version,
        ["locktime"] = tx.LockTime,
        ["vin"] = new JsonArray([.. tx.Inputs.Select(Input)]),
        ["vout"] = new JsonArray([.. tx.Outputs.Select(output => Output(output, dialect))]),
        ["size"] = tx.Size,
        ["weight"] = tx.Weight,
        ["fee"] = tx.Fee,
        ["status"] = Status(tx.TxId),
    };

    /// <summary>Transactions, in order.</summary>
    public JsonArray Transactions(IEnumerable<EsploraTx> transactions) => new([.. transactions.Select(Transaction)]);

    /// <summary>Whether and where a transaction is confirmed; an unknown one is told as one that waits.</summary>
    public JsonObject Status(string txid) => chain.PlaceOf(txid)?.Block is EsploraBlock block
        ? new JsonObject { ["confirmed"] = true, ["block_height"] = block.Height, ["block_hash"] = block.Hash, ["block_time"] = block.Time }
        : new JsonObject { ["confirmed"] = false };

    /// <summary>A block.</summary>
    public static JsonObject Block(EsploraBlock block) => new()
    {
        ["id"] = block.Hash,
        ["height"] = block.Height,
        ["version"] = block.Version,
        ["timestamp"] = block.Time,
        ["tx_count"] = block.Transactions.Count,
        ["size"] = 80 + block.Transactions.Sum(tx => tx.Size),
        ["weight"] = 320 + block.Transactions.Sum(tx => tx.Weight),
        ["merkle_root"] = block.MerkleRoot ?? new string('0', 64),
        ["previousblockhash"] = block.PreviousHash,
        ["mediantime"] = block.MedianTime,
        ["nonce"] = block.Nonce,
        ["bits"] = block.Bits,
        ["difficulty"] = JsonNode.Parse(block.Difficulty),
    };

    /// <summary>Whether a block is in the chain.</summary>
    public JsonObject BlockStatus(string hash)
    {
        EsploraBlock? block = chain.Block(hash);
        return new JsonObject { ["in_best_chain"] = block is not null, ["height"] = block?.Height, ["next_best"] = block is null ? null : chain.At(block.Height + 1)?.Hash };
    }

    /// <summary>What spends each output of a transaction.</summary>
    public JsonArray Outspends(EsploraTx tx) => new([.. tx.Outputs.Select((_, vout) => chain.SpendOf(tx.TxId, vout) is EsploraSpend spend
        ? new JsonObject { ["spent"] = true, ["txid"] = spend.Tx.TxId, ["vin"] = spend.Vin, ["status"] = Status(spend.Tx.TxId) }
        : new JsonObject { ["spent"] = false })]);

    /// <summary>An address's sums over some transactions, which are all there are.</summary>
    public static JsonObject Stats(string address, IEnumerable<EsploraTx> transactions)
    {
        EsploraTx[] all = [.. transactions];
        EsploraOutput[] funded = [.. all.SelectMany(tx => tx.Funding(address))];
        EsploraOutput[] spent = [.. all.SelectMany(tx => tx.Spending(address))];
        return new JsonObject
        {
            ["tx_count"] = all.Length,
            ["funded_txo_count"] = funded.Length,
            ["spent_txo_count"] = spent.Length,
            ["funded_txo_sum"] = funded.Sum(output => output.Value),
            ["spent_txo_sum"] = spent.Sum(output => output.Value),
        };
    }

    /// <summary>An output.</summary>
    public static JsonObject Output(EsploraOutput output, EsploraDialect dialect)
    {
        JsonObject written = new()
        {
            ["scriptpubkey"] = output.Script,
            ["scriptpubkey_type"] = dialect == EsploraDialect.Blockstream && output.Type is ("multisig" or "anchor") ? "unknown" : output.Type,
            ["value"] = output.Value,
        };
        if (output.Address is string address)
        {
            written["scriptpubkey_address"] = address;
        }

        return written;
    }

    private JsonObject Input(EsploraInput input)
    {
        JsonObject written = new()
        {
            ["txid"] = input.TxId,
            ["vout"] = input.Vout,
            ["prevout"] = input.Previous is null ? null : Output(input.Previous, dialect),
            ["scriptsig"] = input.ScriptSig,
            ["is_coinbase"] = input.IsCoinbase,
            ["sequence"] = input.Sequence,
        };
        if (input.Witness is IReadOnlyList<string> witness)
        {
            written["witness"] = new JsonArray([.. witness.Select(item => (JsonNode)item)]);
        }

        return written;
    }
}
