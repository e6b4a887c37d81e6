using System.Globalization;
using System.Text.RegularExpressions;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>The slow twin of OutputScript.Classify: patterns over the script's hexadecimal digits.</summary>
internal static partial class SlowScript
{
    public static ScriptKind KindOf(byte[] script)
    {
        string text = Convert.ToHexStringLower(script);
        return P2Pkh().IsMatch(text) ? ScriptKind.P2Pkh
            : P2Sh().IsMatch(text) ? ScriptKind.P2Sh
            : P2Wpkh().IsMatch(text) ? ScriptKind.P2Wpkh
            : P2Wsh().IsMatch(text) ? ScriptKind.P2Wsh
            : P2Tr().IsMatch(text) ? ScriptKind.P2Tr
            : IsWitnessProgram(text) ? ScriptKind.WitnessProgram
            : P2Pk().IsMatch(text) ? ScriptKind.P2Pk
            : text.StartsWith("6a", StringComparison.Ordinal) ? ScriptKind.NullData
            : IsMultisig(text) ? ScriptKind.Multisig
            : ScriptKind.NonStandard;
    }

    private static bool IsWitnessProgram(string text)
    {
        Match match = WitnessProgram().Match(text);
        return match.Success && match.Groups["program"].Length == 2 * int.Parse(match.Groups["length"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static bool IsMultisig(string text)
    {
        Match match = Multisig().Match(text);
        return match.Success && Number(match.Groups["n"].Value) == match.Groups["key"].Captures.Count && Number(match.Groups["m"].Value) <= Number(match.Groups["n"].Value);
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture) - 0x50;

    [GeneratedRegex(@"\A76a914.{40}88ac\z")]
    private static partial Regex P2Pkh();

    [GeneratedRegex(@"\Aa914.{40}87\z")]
    private static partial Regex P2Sh();

    [GeneratedRegex(@"\A0014.{40}\z")]
    private static partial Regex P2Wpkh();

    [GeneratedRegex(@"\A0020.{64}\z")]
    private static partial Regex P2Wsh();

    [GeneratedRegex(@"\A5120.{64}\z")]
    private static partial Regex P2Tr();

    [GeneratedRegex(@"\A(5[1-9a-f]|60)(?<length>[01].|2[0-8])(?<program>(..){2,40})\z")]
    private static partial Regex WitnessProgram();

    [GeneratedRegex(@"\A(210[23].{64}|410[467].{128})ac\z")]
    private static partial Regex P2Pk();

    [GeneratedRegex(@"\A(?<m>5[1-9a-f]|60)(?<key>210[23].{64}|410[467].{128})+(?<n>5[1-9a-f]|60)ae\z")]
    private static partial Regex Multisig();
}
