using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Tests.Source;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Esplora;

/// <summary>What Esplora's source says of a real node's chain is what is in the node's raw blocks.</summary>
public sealed class EsploraNodeTests
{
    private static readonly EsploraOptions AsMainnet = new() { TakenAs = Chain.Bitcoin };

    [SkippableFact]
    public async Task Transactions_AreThoseOfTheRawBlocks()
    {
        await using SpentCoins coins = await SpentCoins.StartAsync();
        EsploraChain chain = await LoadAsync(coins.Node);
        Kept raw = await RawAsync(coins.Node);
        foreach (EsploraDialect dialect in Enum.GetValues<EsploraDialect>())
        {
            await using EsploraCase esplora = new(chain, dialect, AsMainnet);
            (await esplora.Source.ProbeAsync()).ByAddresses!.Notes.ShouldContain("the endpoint serves bitcoin-regtest (genesis 0f91…), taken as bitcoin on the user's word");
            string[] addresses = [.. coins.Keys.Values.Where(k => !k.StartsWith("script:", StringComparison.Ordinal)), coins.Nested, SpentCoins.Taproot];
            addresses.Length.ShouldBe(6);
            foreach (Address address in addresses.Select(a => Address.Parse(a, Chain.Bitcoin)))
            {
                Kept kept = new();
                SourceCoverage coverage = (await esplora.Source.ReadAsync(new TransferQuery { Addresses = [address] }, kept)).Single();
                Kept expected = new();
                expected.Movements.AddRange(raw.Movements.Where(m => m.Inputs.Any(i => i.Owner == address) || m.Outputs.Any(o => o.Owner == address)));

                coverage.Gaps.ShouldBeEmpty();
                kept.Text().ShouldBe(expected.Text());
                kept.Resolved().Transfers.ShouldBe(expected.Resolved().Transfers);
            }

            Kept whole = new();
            TransferQuery each = new() { Transactions = [.. raw.Movements.Select(m => m.Tx!.Value)] };
            (await esplora.Source.ReadAsync(each, whole)).Single().Gaps.ShouldBeEmpty();
            whole.Text().ShouldBe(raw.Text());
        }
    }

    [SkippableFact]
    public async Task AReorganisationOfTheNode_IsFollowed()
    {
        await using SpentCoins coins = await SpentCoins.StartAsync();
        Address legacy = Address.Parse(coins.Keys[KeyKind.Legacy], Chain.Bitcoin);
        await using EsploraCase esplora = new(await LoadAsync(coins.Node), options: AsMainnet);
        BlockRef before = await esplora.Source.FindHeadAsync();
        Kept old = new();
        await esplora.Source.ReadAsync(new TransferQuery { Addresses = [legacy] }, old);
        await coins.Node.ReorgAsync(2);
        esplora.Server.Chain = await LoadAsync(coins.Node);
        BlockRef after = await esplora.Source.FindHeadAsync();
        Kept now = new();
        SourceCoverage coverage = (await esplora.Source.ReadAsync(new TransferQuery { Addresses = [legacy] }, now)).Single();

        after.Height.ShouldBe(before.Height + 1);
        (await esplora.Source.FindBlockAsync(before.Height))!.Hash.ShouldNotBe(before.Hash);
        coverage.Gaps.ShouldBeEmpty();
        old.Movements.Select(m => m.Tx).ShouldBe([coins.Funds, coins.Spent, coins.Pair.Child]);
        now.Movements.Select(m => m.Tx).ShouldBe([coins.Funds, coins.Spent]);
    }

    private static async Task<EsploraChain> LoadAsync(Bcoin node)
    {
        List<JsonNode> blocks = [];
        int head = await node.HeadAsync();
        for (int height = 0; height <= head; height++)
        {
            JsonNode block = (await node.CallAsync("getblock", await node.BlockHashAsync(height), true, true))!;
            // The node writes the target as a number, and no nonce.
            byte[] header = Convert.FromHexString((await node.RawBlockAsync(height))[..160]);
            block["bits"] = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(72)).ToString("x8", CultureInfo.InvariantCulture);
            block["nonce"] = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76));
            // It is older than BIP 350, and writes taproot addresses with another checksum.
            foreach (JsonNode? output in block["tx"]!.AsArray().SelectMany(tx => tx!["vout"]!.AsArray()))
            {
                output!["scriptPubKey"]!.AsObject().Remove("addresses");
            }

            blocks.Add(block);
        }

        return EsploraChain.Load(blocks);
    }

    // The blocks in which something other than new coins moves, from their bytes and what the node says they spend.
    private static async Task<Kept> RawAsync(Bcoin node)
    {
        Kept kept = new();
        TransactionMovements movements = new(Chain.Bitcoin);
        for (int height = SpentCoins.FundsHeight; height <= await node.HeadAsync(); height++)
        {
            byte[] bytes = Convert.FromHexString(await node.RawBlockAsync(height));
            JsonArray spent = (await node.SpentOutputsAsync(height)).AsArray();
            Read(bytes, height, spent);
        }

        return kept;

        void Read(byte[] bytes, int height, JsonArray spent)
        {
            BlockView block = new(bytes);
            for (int index = 0; block.Read(out TransactionView transaction); index++)
            {
                SpentOutput[] outputs = index == 0 ? [] : [.. spent[index - 1]!.AsArray().Select(s => movements.Spent((ulong)(long)s!["value"]!, Convert.FromHexString((string)s["scriptHex"]!)))];
                kept.Add(movements.Make(transaction, transaction.ComputeId(), new ChainPosition(Chain.Bitcoin, height, index), block.Header.Time, outputs));
            }
        }
    }
}
