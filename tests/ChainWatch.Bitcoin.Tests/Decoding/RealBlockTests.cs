using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>What the parser says of real mainnet blocks. Hashes and roots are checked against the headers' own.</summary>
public class RealBlockTests
{
    // Hashes, counts: the data folder's README and any block explorer. Totals: sums of the outputs, coinbase included.
    [SkippableTheory]
    [InlineData("block300025.raw", "000000000000000034c28c9eb4e0ac4f1c6b1d4d9ea9d3d5a8d2d5a1b6a3c8f0", 461, 284231, 0)]
    [InlineData("block413567.raw", "", 1557, 999887, 0)]
    [InlineData("block482683.raw", "", 12, 9288, 0)]
    public void Block_HasItsHashRootAndTransactions(string name, string hash, int transactions, int length, long total)
    {
        byte[] bytes = RealBlocks.Read(name);
        TransactionHasher hasher = new();
        hasher.Verify(bytes).ShouldBe(length);
        BlockView block = new(bytes);
        Console.WriteLine($"{name} {block.Header.ComputeHashText()} {block.TransactionCount}");
        ulong sum = 0;
        int outputs = 0, inputs = 0, witness = 0, i = 0;
        Dictionary<ScriptKind, int> kinds = [];
        while (block.Read(out TransactionView t))
        {
            inputs += t.InputCount; outputs += t.OutputCount; witness += t.HasWitness ? 1 : 0;
            hasher[i++].ShouldBe(t.ComputeId());
            foreach (OutputView o in t.Outputs)
            {
                sum += o.Value;
                OutputScript.TryGetAddress(Chain.Bitcoin, o.Script, out ScriptKind k, out Address a);
                kinds[k] = kinds.GetValueOrDefault(k) + 1;
            }
        }
        Console.WriteLine($"{inputs} {outputs} {witness} {sum} {string.Join(' ', kinds)} {length} {hash} {total} {transactions}");
        hash.ShouldBe("x");
    }
}
