using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Decodes all that there is to decode: every input and output, every script, the ids.</summary>
internal static class Decode
{
    /// <summary>A transaction at the start of the bytes.</summary>
    /// <returns>How many bytes were looked at.</returns>
    public static long Transaction(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        return All(TransactionView.Read(bytes, ref offset));
    }

    /// <summary>All transactions of a block.</summary>
    /// <returns>How many bytes were looked at.</returns>
    public static long Block(ReadOnlySpan<byte> bytes)
    {
        long visited = BlockHeader.Length;
        BlockView block = new(bytes);
        while (block.Read(out TransactionView transaction))
        {
            visited += All(transaction);
        }

        return visited;
    }

    /// <summary>The addresses of a well-formed transaction's outputs. Those of later witness versions are texts, which take more memory than decoding may.</summary>
    public static void Addresses(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        foreach (OutputView output in TransactionView.Read(bytes, ref offset).Outputs)
        {
            if (OutputScript.TryGetAddress(Chain.Bitcoin, output.Script, out _, out Address address) && Address.Parse(address.ToString()) != address)
            {
                throw new InvalidDataException($"{address} is not read back");
            }
        }
    }

    private static long All(TransactionView transaction)
    {
        long visited = 0;
        int inputs = 0;
        foreach (InputView input in transaction.Inputs)
        {
            visited += 40 + input.Script.Length;
            visited += input.PreviousIndex <= int.MaxValue && input.OutPoint.Index < 0 ? long.MinValue : 0;
            inputs++;
        }

        int outputs = 0;
        foreach (OutputView output in transaction.Outputs)
        {
            _ = OutputScript.Classify(output.Script, out ReadOnlySpan<byte> payload);
            visited += 8 + output.Script.Length + (payload.Length > output.Script.Length ? long.MinValue : 0);
            outputs++;
        }

        if (inputs != transaction.InputCount || outputs != transaction.OutputCount)
        {
            throw new InvalidDataException("the enumerators gave other counts");
        }

        bool isSame = transaction.ComputeId() == transaction.ComputeWitnessId();
        if (isSame == transaction.HasWitness)
        {
            throw new InvalidDataException("the ids are the same with a witness, or differ without");
        }

        return visited;
    }
}
