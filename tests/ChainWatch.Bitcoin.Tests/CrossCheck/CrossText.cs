using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChainWatch.Bitcoin.Tests.CrossCheck;

/// <summary>
/// A program's answers to all cases, as the text that <c>CrossCheck/nbitcoin.txt</c> holds: the SHA-256 of all answers, a line each, and some
/// dozens of them to read.
/// </summary>
internal static class CrossText
{
    private const int SampleEvery = 200;
    private const int SampleLengthMax = 110;

    /// <summary>Where the answers of NBitcoin stand, without their first lines, which say what they are.</summary>
    public static string Read()
    {
        using StreamReader reader = new(typeof(CrossText).Assembly.GetManifestResourceStream("nbitcoin.txt")!);
        IEnumerable<string> lines = reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Where(l => !l.StartsWith('#'));
        return string.Join('\n', lines);
    }

    /// <summary>The lines of the file.</summary>
    /// <param name="ofScript">The address that a script pays, <c>-</c> for none; and the address of the public key that it pays, <c>-</c> for none.</param>
    /// <param name="ofText">The script that an address pays, in hexadecimal; <c>-</c> for what is no address.</param>
    public static string Write(Func<Chain, byte[], (string Paid, string Key)> ofScript, Func<Chain, string, string> ofText)
    {
        string[] scripts = [.. CrossScripts.All().Select(c => $"script {c.Chain} {Convert.ToHexStringLower(c.Script)} {Two(ofScript(c.Chain, c.Script))}")];
        string[] texts = [.. CrossTexts.All().Select(c => $"text {c.Chain} \"{c.Text.Replace("\n", "\\n", StringComparison.Ordinal)}\" {ofText(c.Chain, c.Text)}")];
        StringBuilder all = new();
        foreach ((string name, string[] lines) in new[] { ("scripts", scripts), ("texts", texts) })
        {
            all.Append(CultureInfo.InvariantCulture, $"{name} {lines.Length} sha256 {Digest(lines)}\n");
            all.AppendJoin("", lines.Where((line, i) => i % SampleEvery == 0 && line.Length <= SampleLengthMax).Select(line => $"{line}\n"));
        }

        return all.ToString();
    }

    /// <summary>The line of a file of blocks.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="ofBlock">What a program says of a block, line by line.</param>
    public static string WriteBlocks(string file, Func<byte[], IEnumerable<string>> ofBlock)
    {
        string[] lines = [.. CrossBlocks.Of(file).SelectMany(ofBlock)];
        return string.Create(CultureInfo.InvariantCulture, $"blocks {file} {lines.Length} sha256 {Digest(lines)}");
    }

    private static string Two((string Paid, string Key) answer) => $"{answer.Paid} {answer.Key}";

    private static string Digest(string[] lines) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
