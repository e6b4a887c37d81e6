namespace ChainWatch.Tests.Heuristics;

/// <summary>Bitcoin transactions written as lists of satoshis. Each input and output has an address of its own unless told.</summary>
internal static class Spends
{
    public const ulong Coin = 100_000_000;
    private const int FirstPayee = 1_000_000;

    public static Movement Of(IEnumerable<ulong> inputs, IEnumerable<ulong> outputs) =>
        Of(inputs.Select((v, i) => In(i, v)), outputs.Select((v, i) => Out(FirstPayee + i, v)));

    public static Movement Of(IEnumerable<MovementInput> inputs, IEnumerable<MovementOutput> outputs, Chain? chain = null) => new()
    {
        Position = new ChainPosition(chain ?? Chain.Bitcoin, 800_000, 1),
        Asset = Asset.Native(chain ?? Chain.Bitcoin),
        Inputs = [.. inputs],
        Outputs = [.. outputs],
    };

    public static Address At(int number, AddressKind kind = AddressKind.P2Wpkh)
    {
        byte[] payload = new byte[kind is AddressKind.P2Tr or AddressKind.P2Wsh ? 32 : 20];
        BitConverter.TryWriteBytes(payload, number);
        return Address.FromPayload(Chain.Bitcoin, kind, payload);
    }

    public static MovementInput In(int owner, ulong value, AddressKind kind = AddressKind.P2Wpkh) => new(At(owner, kind), Amount.From(value));

    public static MovementOutput Out(int owner, ulong value, AddressKind kind = AddressKind.P2Wpkh) => new(At(owner, kind), Amount.From(value));

    /// <summary>The same value many times.</summary>
    public static IEnumerable<ulong> Times(this int count, ulong value) => Enumerable.Repeat(value, count);

    /// <summary>Different values, none of them a standard denomination of Wasabi 2.x.</summary>
    public static IEnumerable<ulong> Changes(int count) => Enumerable.Range(0, count).Select(i => 1_234_567UL + (1_001UL * (ulong)i));

    public static Movement WithInput(this Movement movement, int index, Func<MovementInput, MovementInput> change) =>
        movement with { Inputs = [.. movement.Inputs.Select((x, i) => i == index ? change(x) : x)] };

    public static Movement WithOutput(this Movement movement, int index, Func<MovementOutput, MovementOutput> change) =>
        movement with { Outputs = [.. movement.Outputs.Select((x, i) => i == index ? change(x) : x)] };

    /// <summary>All inputs are one address's.</summary>
    public static Movement OfOneOwner(this Movement movement) =>
        movement with { Inputs = [.. movement.Inputs.Select(i => i with { Owner = At(0) })] };

    /// <summary>A round of Wasabi 2.x: <paramref name="standard"/> outputs over four denominations and some changes.</summary>
    public static Movement Wasabi2(int inputs, int standard, int changes)
    {
        ulong[] denominations = [8_388_608, 4_782_969, 3_188_646, 5_000_000];
        return Of(inputs.Times(9_000_000), Enumerable.Range(0, standard).Select(i => denominations[i % 4]).Concat(Changes(changes)));
    }
}
