using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>What a whole block says, counted with the views.</summary>
internal sealed class BlockFacts
{
    private readonly Dictionary<ScriptKind, int> _kinds = [];
    private readonly HashSet<(int Transaction, int Output, ulong Value, string Address)> _paid = [];

    public int Transactions { get; private set; }

    public int Inputs { get; private set; }

    public int Outputs { get; private set; }

    public int WithWitness { get; private set; }

    public int Coinbases { get; private set; }

    public ulong Total { get; private set; }

    public ulong CoinbaseTotal { get; private set; }

    public int Length { get; private set; }

    /// <summary>How many outputs of each kind, the most frequent first.</summary>
    public string Kinds => string.Join(", ", _kinds.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Value} {kind.Key}"));

    public static BlockFacts Of(ReadOnlySpan<byte> bytes)
    {
        BlockFacts facts = new();
        BlockView block = new(bytes);
        while (block.Read(out TransactionView transaction))
        {
            facts.Add(transaction);
        }

        facts.Transactions.ShouldBe(block.TransactionCount);
        facts.Length = block.Offset;
        return facts;
    }

    public void ShouldHavePaid(int transaction, int output, ulong value, string address) =>
        _paid.Contains((transaction, output, value, address)).ShouldBeTrue($"transaction {transaction}, output {output}: {value} to {address}");

    private void Add(TransactionView transaction)
    {
        Inputs += transaction.InputCount;
        WithWitness += transaction.HasWitness ? 1 : 0;
        Coinbases += transaction.IsCoinbase ? 1 : 0;
        int index = 0;
        foreach (OutputView output in transaction.Outputs)
        {
            Total += output.Value;
            CoinbaseTotal += transaction.IsCoinbase ? output.Value : 0;
            if (OutputScript.TryGetAddress(Chain.Bitcoin, output.Script, out ScriptKind kind, out Address address))
            {
                _paid.Add((Transactions, index, output.Value, address.ToString()));
            }

            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
            index++;
        }

        Outputs += index;
        Transactions++;
    }
}
