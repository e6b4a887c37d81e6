namespace ChainWatch.Ethereum.Tests.CrossCheck;

/// <summary>Addresses and messages made up from seeded bytes.</summary>
internal static class SeededCases
{
    public const int PlainCount = 24;

    /// <summary>10,000 addresses, 20 bytes each.</summary>
    public static IEnumerable<byte[]> Addresses()
    {
        SeededBytes bytes = new("chainwatch addresses");
        return Enumerable.Range(0, 10_000).Select(_ => bytes.Next(20));
    }

    /// <summary>1,000 messages of 0 to 999 bytes.</summary>
    public static IEnumerable<byte[]> Messages()
    {
        SeededBytes bytes = new("chainwatch messages");
        return Enumerable.Range(0, 1000).Select(bytes.Next);
    }
}
