namespace ChainWatch.Bitcoin.Tests.Files;

/// <summary>Block 300025 of mainnet, with what it spent; for [SkippableFact]s.</summary>
internal static class Block300025
{
    /// <summary>The block.</summary>
    public static PlainBlock Read() => PlainBlock.Parse(RealBlocks.Read("block300025.raw"));

    /// <summary>The outputs that the block spent, by transaction; the file has them plainly, one after another.</summary>
    public static List<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> Spent(PlainBlock block)
    {
        using BinaryReader reader = new(new MemoryStream(RealBlocks.Read("block300025-undo.raw")));
        List<IReadOnlyList<(long, byte[], int, bool)>> spent = [];
        foreach (PlainTransaction transaction in block.Transactions.Skip(1))
        {
            // The file does not say where the outputs were made.
            spent.Add([.. transaction.Inputs.Select(_ => (reader.ReadInt64(), reader.ReadBytes(PlainBlock.Count(reader)), 299_000, false))]);
        }

        reader.BaseStream.Position.ShouldBe(reader.BaseStream.Length);
        return spent;
    }
}
