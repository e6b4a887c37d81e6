using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Blocks of Bitcoin's mainnet. The expected figures were computed by another program.</summary>
public class RealBlockTests
{
    [Fact]
    public void GenesisBlock() => RequireGenesis(Samples.GenesisBlock);

    [SkippableFact]
    public void GenesisBlock_InABlockFile()
    {
        byte[] file = RealBlocks.Read("blk00000.dat");
        const int magicAndLength = 8;
        int length = BitConverter.ToInt32(file, 4);
        RequireGenesis(file[magicAndLength..(magicAndLength + length)]);
    }

    [SkippableFact]
    public void Block300025()
    {
        byte[] bytes = RealBlocks.Read("block300025.raw");
        BlockFacts facts = Require(bytes, "0000000000000000821c4e0acc40f88bedbce3b73ba2358b5ade58a9022cc78c", 461, 1428, 1226, 0, 513_093_575_772, 2_507_773_345);

        // Five scripts have the outline of a bare multisig; in three of them one "key" is other data, which Bitcoin Core takes for no key.
        facts.Kinds.ShouldBe("1221 P2Pkh, 3 NonStandard, 2 Multisig");
        facts.Length.ShouldBe(284_231);
        facts.ShouldHavePaid(0, 0, 2_507_773_345, "1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY");
        facts.ShouldHavePaid(1, 0, 17_073_588, "17n7EJW4ZLChSRqZs5cAPa9an7FtcTh1C9");
        facts.ShouldHavePaid(1, 1, 457_152_516, "1MEMAUm1RGLYPqJAJmkewxfDm9dtFg4axs");
        facts.ShouldHavePaid(460, 0, 35_400_000, "1B4UhwUrWxgdpvhiLP19HJ33WLAyDDJ1yE");
        new BlockView(bytes).TransactionCount.ShouldBe(461);
    }

    [SkippableFact]
    public void Block413567_WithAStrayByteBehind()
    {
        byte[] bytes = RealBlocks.Read("block413567.raw");
        BlockFacts facts = Require(bytes, "0000000000000000025aff8be8a55df8f89c77296db6198f272d6577325d4069", 1557, 4887, 3581, 0, 914_705_170_223, 2_531_310_238);
        facts.Kinds.ShouldBe("2841 P2Pkh, 737 P2Sh, 3 NullData");
        facts.Length.ShouldBe(999_887);
        facts.ShouldHavePaid(1556, 0, 62_316_740, "1AqZt5x4YFXi6sPq3ibyo2SVXLKpJoUMVt");
        facts.ShouldHavePaid(1556, 1, 672_656, "1HPNxREao63ybWRTo5QGEna2s9XjZeSyJs");
        BitcoinFormatException stray = Should.Throw<BitcoinFormatException>(() => ReadToTheEnd(bytes));
        stray.Message.ShouldBe("byte 999887: 1 bytes follow the block's last transaction; expected none");
        Should.NotThrow(() => ReadToTheEnd(bytes[..^1]));
    }

    [SkippableFact]
    public void Block482683_WithWitness()
    {
        byte[] bytes = RealBlocks.Read("block482683.raw");
        BlockFacts facts = Require(bytes, "000000000000000000c238240ef6dcb26c37e75e16514e6ffc0aef7eee73e747", 12, 52, 25, 2, 24_529_107_298, 1_256_817_877);
        facts.Kinds.ShouldBe("20 P2Pkh, 4 P2Sh, 1 NullData");
        facts.Length.ShouldBe(9288);
        facts.ShouldHavePaid(0, 0, 1_256_817_877, "16MdTdqmXusauybtXTmFEW4GNFPPgGxQYE");
        facts.ShouldHavePaid(11, 0, 77_000_000, "13XqezyGs8KkKz7mtEgxtZL8hcozBdKszn");
    }

    /// <summary>BIP 141: the coinbase commits to the tree of the witness ids, in which its own is zero.</summary>
    [SkippableFact]
    public void Block482683_CommitsToItsWitness()
    {
        byte[] bytes = RealBlocks.Read("block482683.raw");
        List<byte[]> hashes = [];
        BlockView block = new(bytes);
        string commitment = "";
        while (block.Read(out TransactionView transaction))
        {
            byte[] hash = new byte[32];
            if (transaction.IsCoinbase)
            {
                OutputEnumerator outputs = transaction.Outputs;
                outputs.MoveNext().ShouldBeTrue();
                outputs.MoveNext().ShouldBeTrue();
                commitment = Convert.ToHexStringLower(outputs.Current.Script);
            }
            else
            {
                transaction.ComputeWitnessId().CopyBytes(hash);
            }

            hashes.Add([.. hash.Reverse()]);
        }

        byte[] reserved = SlowBlock.Read(bytes)[0].Witness![0][0];
        string expected = "6a24aa21a9ed" + Convert.ToHexStringLower(SlowTransaction.Hash([.. SlowBlock.MerkleRoot(hashes), .. reserved]));
        commitment.ShouldBe("6a24aa21a9ed0f8b0182863aa4713e94bb72c47c57dcbae7de8f3df2af23453f60f1965dab77");
        commitment.ShouldBe(expected);
    }

    private static BlockFacts Require(byte[] bytes, string hash, int transactions, int inputs, int outputs, int withWitness, ulong total, ulong coinbaseTotal)
    {
        new BlockView(bytes).Header.ComputeHashText().ShouldBe(hash);
        BlockFacts facts = BlockFacts.Of(bytes);
        facts.Transactions.ShouldBe(transactions);
        facts.Inputs.ShouldBe(inputs);
        facts.Outputs.ShouldBe(outputs);
        facts.WithWitness.ShouldBe(withWitness);
        facts.Coinbases.ShouldBe(1);
        facts.Total.ShouldBe(total);
        facts.CoinbaseTotal.ShouldBe(coinbaseTotal);
        new TransactionHasher().Verify(bytes).ShouldBe(facts.Length);
        return facts;
    }

    private static void RequireGenesis(byte[] bytes)
    {
        BlockView block = new(bytes);
        block.Header.ComputeHashText().ShouldBe(Samples.GenesisHash);
        block.Header.Time.ShouldBe(new DateTimeOffset(2009, 1, 3, 18, 15, 5, TimeSpan.Zero));
        block.Header.Version.ShouldBe(1);
        block.Header.Bits.ShouldBe(0x1d00ffffu);
        block.Header.PreviousHash.ToArray().ShouldAllBe(b => b == 0);
        block.Read(out TransactionView transaction).ShouldBeTrue();
        transaction.IsCoinbase.ShouldBeTrue();
        transaction.ComputeId().ToString().ShouldBe("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
        block.Read(out _).ShouldBeFalse();
        block.RequireEnd();
        BlockFacts facts = BlockFacts.Of(bytes);
        facts.Kinds.ShouldBe("1 P2Pk");
        facts.ShouldHavePaid(0, 0, 5_000_000_000, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        new TransactionHasher().Verify(bytes).ShouldBe(bytes.Length);
    }

    private static void ReadToTheEnd(byte[] bytes)
    {
        BlockView block = new(bytes);
        while (block.Read(out _))
        {
        }

        block.RequireEnd();
    }
}
