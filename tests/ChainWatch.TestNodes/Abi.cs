using System.Numerics;
using System.Text;

namespace ChainWatch.TestNodes;

/// <summary>As much of the contract ABI as the tests' contracts need: addresses, unsigned integers, arrays of addresses.</summary>
internal static class Abi
{
    /// <summary>The arguments, encoded, in hexadecimal without 0x.</summary>
    public static string Encode(params object[] arguments)
    {
        StringBuilder head = new();
        StringBuilder tail = new();
        foreach (object argument in arguments)
        {
            if (argument is IReadOnlyList<Address> list)
            {
                head.Append(Word((arguments.Length * 32) + (tail.Length / 2)));
                tail.Append(Word(list.Count)).AppendJoin("", list.Select(Word));
            }
            else
            {
                head.Append(argument is Address address ? Word(address) : Word((BigInteger)argument));
            }
        }

        return $"{head}{tail}";
    }

    private static string Word(Address address) => address.ToCanonicalString()[2..].ToLowerInvariant().PadLeft(64, '0');

    // A BigInteger prints a leading zero where its top bit is set.
    private static string Word(BigInteger value) => value.ToString("x64", null) is { Length: > 64 } longer ? longer[^64..] : value.ToString("x64", null);
}
