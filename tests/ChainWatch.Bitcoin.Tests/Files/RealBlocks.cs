namespace ChainWatch.Bitcoin.Tests.Files;

/// <summary>Real blocks, from the folder that CHAINWATCH_TEST_DATA names; for [SkippableFact]s.</summary>
internal static class RealBlocks
{
    public static string PathOf(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("CHAINWATCH_TEST_DATA");
        Skip.If(string.IsNullOrEmpty(folder), "CHAINWATCH_TEST_DATA is not set: no real data to read");
        string path = Path.Combine(folder!, "chain", "bitcoin", name);
        Skip.IfNot(File.Exists(path), $"CHAINWATCH_TEST_DATA has no chain/bitcoin/{name}");
        return path;
    }

    /// <summary>The outputs that block 300025 spent, by transaction; the file has them plainly, one after another.</summary>
    public static List<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> SpentIn300025(PlainBlock block)
    {
        using BinaryReader reader = new(File.OpenRead(PathOf("block300025-undo.raw")));
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
