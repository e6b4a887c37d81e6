namespace ChainWatch.TestNodes;

/// <summary>A compiled contract: its creation code, and the four-byte selectors of its functions by name.</summary>
/// <param name="Name">The contract's name in its source.</param>
/// <param name="CreationCode">Hexadecimal, with 0x.</param>
/// <param name="Selectors">Function name to selector, hexadecimal with 0x. No contract here overloads a name.</param>
public sealed record CompiledContract(string Name, string CreationCode, IReadOnlyDictionary<string, string> Selectors)
{
    /// <summary>The data of a call.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">Addresses, integers, arrays of addresses.</param>
    public string Call(string function, params object[] arguments) => Selectors[function] + Abi.Encode(arguments);

    /// <summary>The creation code with its constructor's arguments.</summary>
    public string Create(params object[] arguments) => CreationCode + Abi.Encode(arguments);
}
