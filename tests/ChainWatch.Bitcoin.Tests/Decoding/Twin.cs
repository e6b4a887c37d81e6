using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Compares a transaction field by field with its slow twin.</summary>
internal static class Twin
{
    /// <summary>The first field that differs; null where all are the same.</summary>
    public static string? Difference(TransactionView view, SlowTransaction slow)
    {
        if (!view.Bytes.SequenceEqual(slow.Write(withWitness: true)))
        {
            return "bytes";
        }

        if (view.Version != slow.Version || view.LockTime != slow.LockTime)
        {
            return "version or lock time";
        }

        if (view.HasWitness != (slow.Witness != null) || view.InputCount != slow.Inputs.Length || view.OutputCount != slow.Outputs.Length)
        {
            return "witness or counts";
        }

        byte[] stripped = new byte[view.StrippedLength];
        view.CopyStripped(stripped);
        if (!stripped.AsSpan().SequenceEqual(slow.Write(withWitness: false)))
        {
            return "form without witness";
        }

        if (view.ComputeId().ToString() != slow.Id || view.ComputeWitnessId().ToString() != slow.WitnessId)
        {
            return "ids";
        }

        bool isCoinbase = slow.Inputs.Length == 1 && slow.Inputs[0].PreviousIndex == uint.MaxValue && slow.Inputs[0].PreviousId.All(b => b == 0);
        return view.IsCoinbase != isCoinbase ? "coinbase" : DifferentInput(view, slow) ?? DifferentOutput(view, slow);
    }

    private static string? DifferentInput(TransactionView view, SlowTransaction slow)
    {
        int i = 0;
        foreach (InputView input in view.Inputs)
        {
            SlowInput expected = slow.Inputs[i];
            if (!input.PreviousId.SequenceEqual(expected.PreviousId) || input.PreviousIndex != expected.PreviousIndex
                || !input.Script.SequenceEqual(expected.Script) || input.Sequence != expected.Sequence)
            {
                return $"input {i}";
            }

            if (input.PreviousIndex <= int.MaxValue && input.OutPoint != new OutPoint(TxId.Parse(SlowTransaction.Written(expected.PreviousId)), (int)expected.PreviousIndex))
            {
                return $"outpoint of input {i}";
            }

            i++;
        }

        return i == slow.Inputs.Length ? null : "enumerated inputs";
    }

    private static string? DifferentOutput(TransactionView view, SlowTransaction slow)
    {
        int i = 0;
        foreach (OutputView output in view.Outputs)
        {
            SlowOutput expected = slow.Outputs[i];
            if (output.Value != expected.Value || !output.Script.SequenceEqual(expected.Script))
            {
                return $"output {i}";
            }

            if (OutputScript.Classify(output.Script, out _) != SlowScript.KindOf(expected.Script))
            {
                return $"script kind of output {i}, {Convert.ToHexStringLower(expected.Script)}";
            }

            i++;
        }

        return i == slow.Outputs.Length ? null : "enumerated outputs";
    }
}
