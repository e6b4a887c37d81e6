namespace ChainWatch.Encoding;

/// <summary>The 58 digits of a Base58 dialect, in order of their values.</summary>
internal sealed class Base58Alphabet
{
    private readonly string _digits;
    private readonly sbyte[] _values = new sbyte[128];

    private Base58Alphabet(string digits)
    {
        _digits = digits;
        Array.Fill(_values, (sbyte)-1);
        for (int value = 0; value < digits.Length; value++)
        {
            _values[digits[value]] = (sbyte)value;
        }
    }

    /// <summary>Bitcoin's, used by nearly all: no 0, O, I, l.</summary>
    public static Base58Alphabet Bitcoin { get; } = new("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    /// <summary>The XRP Ledger's: the same digits in another order.</summary>
    public static Base58Alphabet Xrp { get; } = new("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz");

    /// <summary>The digit of a value from 0 to 57.</summary>
    public char this[int value] => _digits[value];

    /// <summary>The value of a digit; -1 where the character is none.</summary>
    public int ValueOf(char digit) => digit < _values.Length ? _values[digit] : -1;
}
