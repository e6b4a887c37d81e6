namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Output scripts of all kinds, and such as are one byte beside a kind.</summary>
internal static class RandomScripts
{
    public static byte[] Next(SplitMix random)
    {
        byte[] script = Whole(random);
        switch (random.Below(12))
        {
            case 0 when script.Length > 0:
                script[random.Below(script.Length)] = (byte)random.Next();
                break;
            case 1 when script.Length > 0:
                script = script[..^1];
                break;
            case 2:
                script = [.. script, (byte)random.Next()];
                break;
            default:
                break;
        }

        return script;
    }

    private static byte[] Whole(SplitMix random)
    {
        switch (random.Below(9))
        {
            case 0:
                return [0x76, 0xa9, 20, .. random.Bytes(20), 0x88, 0xac];
            case 1:
                return [0xa9, 20, .. random.Bytes(20), 0x87];
            case 2:
                return [0, 20, .. random.Bytes(20)];
            case 3:
                return [0, 32, .. random.Bytes(32)];
            case 4:
                return [0x51, 32, .. random.Bytes(32)];
            case 5:
                int length = random.Below(43);
                return [(byte)(random.Below(3) == 0 ? 0 : 0x50 + random.Below(18)), (byte)length, .. random.Bytes(length)];
            case 6:
                return [.. Key(random), 0xac];
            case 7:
                return [0x6a, .. random.Bytes(random.Below(40))];
            default:
                int keyCount = random.Below(17);
                byte[][] keys = [.. Enumerable.Range(0, keyCount).Select(_ => Key(random))];
                return [(byte)(0x51 + random.Below(Math.Max(keyCount, 2))), .. keys.SelectMany(key => key), (byte)(0x50 + keyCount), 0xae];
        }
    }

    // A public key and the length that is pushed before it.
    private static byte[] Key(SplitMix random) => random.Below(3) == 0
        ? [65, random.Of<byte>([4, 6, 7]), .. random.Bytes(64)]
        : [33, random.Of<byte>([2, 3]), .. random.Bytes(32)];
}
