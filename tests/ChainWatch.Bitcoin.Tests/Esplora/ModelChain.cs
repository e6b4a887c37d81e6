using System.Globalization;
using System.Security.Cryptography;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Esplora;

/// <summary>Grows a chain of made-up payments on regtest's first block. Ids, merkle roots and hashes are real ones, computed here in the plainest way.</summary>
internal sealed class ModelChain
{
    private readonly List<EsploraBlock> _blocks = [Genesis()];
    private uint _unique;

    public ModelChain(uint branch = 0) => _unique = branch * 1_000_000;

    public IReadOnlyList<EsploraBlock> Blocks => _blocks;

    public EsploraChain Chain => new(ChainWatch.Chain.BitcoinRegtest, _blocks);

    public static Address Wallet(byte number, AddressKind kind = AddressKind.P2Wpkh)
    {
        byte[] payload = new byte[kind is AddressKind.P2Tr or AddressKind.P2Wsh ? 32 : 20];
        payload[^1] = number;
        return Address.FromPayload(ChainWatch.Chain.BitcoinRegtest, kind, payload);
    }

    /// <summary>The same blocks up to a height, to go on from in another way.</summary>
    public ModelChain Fork(long height)
    {
        ModelChain fork = new(7);
        fork._blocks.Clear();
        fork._blocks.AddRange(_blocks.Where(b => b.Height <= height));
        return fork;
    }

    public EsploraTx Pay(IEnumerable<(EsploraTx Tx, int Index)> inputs, params EsploraOutput[] outputs) =>
        WithId(new EsploraTx("", [.. inputs.Select(i => new EsploraInput(i.Tx.TxId, (uint)i.Index, i.Tx.Outputs[i.Index]) { ScriptSig = "00" })], outputs) { LockTime = _unique++ });

    public EsploraTx Coinbase(params EsploraOutput[] outputs) =>
        WithId(new EsploraTx("", [EsploraInput.Coinbase with { ScriptSig = (++_unique).ToString("x8", CultureInfo.InvariantCulture) }], outputs));

    /// <summary>Adds a block with a coinbase of its own and these.</summary>
    public EsploraBlock Mine(params EsploraTx[] transactions)
    {
        EsploraTx[] all = [Coinbase(EsploraOutput.To(Wallet(99), 5_000_000_000)), .. transactions];
        EsploraBlock block = new(_blocks.Count, "", _blocks[^1].Hash, 1_700_000_000 + (600 * _blocks.Count), all) { MerkleRoot = Root([.. all.Select(t => t.TxId)]) };
        block = block with { Hash = Displayed(block.Header!) };
        _blocks.Add(block);
        return block;
    }

    private static EsploraBlock Genesis()
    {
        const string coinbase = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";
        EsploraBlock block = new(0, "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206", null, 1_296_688_602, [new EsploraTx(coinbase, [EsploraInput.Coinbase], [])])
        {
            Version = 1,
            MerkleRoot = coinbase,
            Bits = 0x207fffff,
            Nonce = 2,
        };
        Displayed(block.Header!).ShouldBe(block.Hash);
        return block;
    }

    private static EsploraTx WithId(EsploraTx tx)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(tx.Version);
        writer.Write((byte)tx.Inputs.Count);
        foreach (EsploraInput input in tx.Inputs)
        {
            writer.Write(Reversed(input.TxId));
            writer.Write(input.Vout);
            writer.Write((byte)(input.ScriptSig.Length / 2));
            writer.Write(Convert.FromHexString(input.ScriptSig));
            writer.Write(input.Sequence);
        }

        writer.Write((byte)tx.Outputs.Count);
        foreach (EsploraOutput output in tx.Outputs)
        {
            writer.Write(output.Value);
            writer.Write((byte)(output.Script.Length / 2));
            writer.Write(Convert.FromHexString(output.Script));
        }

        writer.Write(tx.LockTime);
        return tx with { TxId = Displayed(bytes.ToArray()), Raw = Convert.ToHexStringLower(bytes.ToArray()) };
    }

    private static string Root(IReadOnlyList<string> level) => level.Count == 1
        ? level[0]
        : Root([.. level.Chunk(2).Select(pair => Displayed([.. Reversed(pair[0]), .. Reversed(pair[^1])]))]);

    private static string Displayed(byte[] bytes) => Convert.ToHexStringLower([.. SHA256.HashData(SHA256.HashData(bytes)).Reverse()]);

    private static byte[] Reversed(string hash) => [.. Convert.FromHexString(hash).Reverse()];
}
