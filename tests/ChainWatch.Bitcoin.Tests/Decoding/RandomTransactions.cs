namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Transactions of all forms: few inputs and many, short scripts and such as need three or five bytes for their length, with and without witness.</summary>
internal static class RandomTransactions
{
    private static readonly int[] LongLengths = [0xfc, 0xfd, 0xfe, 0xff, 0x100, 0x208, 0x1000, 0xfffe, 0xffff, 0x10000, 0x10001];

    public static SlowTransaction Next(SplitMix random, int inputsMin = 1)
    {
        // Mostly small ones, as in the chain.
        int inputCount = inputsMin + (random.Below(10) == 0 ? random.Below(301 - inputsMin) : random.Below(4));
        int outputCount = 1 + (random.Below(20) == 0 ? random.Below(300) : random.Below(4));
        SlowInput[] inputs = new SlowInput[inputCount];
        for (int i = 0; i < inputCount; i++)
        {
            inputs[i] = new SlowInput(random.Bytes(32), random.Below(30) == 0 ? uint.MaxValue : (uint)random.Below(1000), Script(random), (uint)random.Next());
        }

        SlowOutput[] outputs = new SlowOutput[outputCount];
        for (int i = 0; i < outputCount; i++)
        {
            outputs[i] = new SlowOutput(random.Below(50) == 0 ? random.Next() : (ulong)random.Below(int.MaxValue), random.Below(60) == 0 ? Script(random) : RandomScripts.Next(random));
        }

        byte[][][]? witness = inputCount == 0 || random.Below(2) == 0 ? null : Witness(random, inputCount);
        return new SlowTransaction((int)random.Next(), inputs, outputs, witness, (uint)random.Next());
    }

    private static byte[][][] Witness(SplitMix random, int inputCount)
    {
        byte[][][] witness = new byte[inputCount][][];
        for (int i = 0; i < inputCount; i++)
        {
            int itemCount = random.Below(100) == 0 ? 260 : random.Below(4);
            witness[i] = new byte[itemCount][];
            for (int k = 0; k < itemCount; k++)
            {
                witness[i][k] = itemCount > 4 ? random.Bytes(random.Below(3)) : Script(random);
            }
        }

        // At least one item: BIP 144 has no witness without any.
        if (witness.All(items => items.Length == 0))
        {
            witness[random.Below(inputCount)] = [[]];
        }

        return witness;
    }

    private static byte[] Script(SplitMix random) => random.Below(400) == 0
        ? random.Bytes(random.Of<int>(LongLengths))
        : random.Bytes(random.Of<int>([0, 1, 22, 33, 72, 107]));
}
