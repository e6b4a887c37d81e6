using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

public class MalformedBlockTests
{
    [Fact]
    public void GenesisBlockCutAnywhere_Throws() => RequireCutRefused(Samples.GenesisBlock);

    [Fact]
    public void BlockWithWitnessCutAnywhere_Throws()
    {
        SlowTransaction segWit = SlowTransaction.Read(new BinaryReader(new MemoryStream(Samples.SegWit)));
        RequireCutRefused(SlowBlock.Write([segWit with { Witness = null, LockTime = 9 }, segWit, segWit with { LockTime = 3 }]));
    }

    [SkippableFact]
    public void RealBlockCutAnywhere_Throws() => RequireCutRefused(RealBlocks.Read("block482683.raw"));

    [Theory]
    [InlineData("00")]
    [InlineData("fd0100")]
    [InlineData("fe01000000")]
    [InlineData("ff0100000000000000")]
    [InlineData("02")]
    [InlineData("fdffff")]
    [InlineData("feffffff7f")]
    [InlineData("fe00000080")]
    [InlineData("feffffffff")]
    [InlineData("ff0000000001000000")]
    [InlineData("ff0100000001000000")]
    [InlineData("ff0000000000000080")]
    [InlineData("ff0100000000000080")]
    [InlineData("ffffffffffffffffff")]
    public void CountOfTransactions_Wrong_Throws(string count)
    {
        byte[] genesis = Samples.GenesisBlock;
        byte[] bytes = [.. genesis[..80], .. Convert.FromHexString(count), .. genesis[81..]];
        BitcoinFormatException error = Refusal.Of(bytes, () => Decode.Block(bytes));
        error.Offset.ShouldBeOneOf(80, bytes.Length);
        Refusal.Of(bytes, () => new TransactionHasher().Verify(bytes)).Message.ShouldBe(error.Message);
    }

    [Fact]
    public void RequireEnd_BytesBehind_NamesThem()
    {
        byte[] bytes = [.. Samples.GenesisBlock, 0, 0, 0];
        BitcoinFormatException error = Refusal.Of(bytes, () =>
        {
            BlockView block = new(bytes);
            block.Read(out _);
            block.RequireEnd();
        });
        error.Message.ShouldBe("byte 285: 3 bytes follow the block's last transaction; expected none");
    }

    /// <summary>After a refusal the hasher still tells the next block's ids, and none of the refused one's.</summary>
    [Fact]
    public void ComputeIds_AfterARefusal_StartsAnew()
    {
        TransactionHasher hasher = new();
        byte[] genesis = Samples.GenesisBlock;
        hasher.ComputeIds(genesis);
        Should.Throw<BitcoinFormatException>(() => hasher.ComputeIds(genesis.AsSpan(0, 200)));
        hasher.Ids.Length.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => hasher[0]);
        hasher.Verify(genesis).ShouldBe(genesis.Length);
    }

    private static void RequireCutRefused(byte[] whole)
    {
        TransactionHasher hasher = new();
        hasher.Verify(whole).ShouldBe(whole.Length);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Refusal.Of(cut, () => hasher.Verify(cut)).Message.ShouldBe(Refusal.Of(cut, () => Decode.Block(cut)).Message);
        }
    }
}
