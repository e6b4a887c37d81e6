using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

public class MalformedTransactionTests
{
    private const string Version = "01000000";
    private const string OutPoint = "1111111111111111111111111111111111111111111111111111111111111111" + "00000000";
    private const string Input = OutPoint + "00" + "ffffffff";
    private const string Output = "00e1f50500000000" + "0151";
    private const string LockTime = "00000000";

    /// <summary>Well-formed, so that what the others throw is due to what they change.</summary>
    [Theory]
    [InlineData(Version + "01" + Input + "01" + Output + LockTime)]
    [InlineData(Version + "0001" + "01" + Input + "01" + Output + "0101ff" + LockTime)]
    [InlineData(Version + "0001" + "02" + Input + Input + "01" + Output + "00" + "0100" + LockTime)]
    public void Read_WellFormed(string hex) => Should.NotThrow(() => Decode.Transaction(Convert.FromHexString(hex)));

    [Fact]
    public void Read_CutAnywhere_Throws()
    {
        SlowTransaction many = RandomTransactions.Next(new SplitMix(1)) with { Outputs = [.. Enumerable.Repeat(new SlowOutput(1, new byte[300]), 260)], Witness = null };
        foreach (byte[] whole in (byte[][])[Samples.Coinbase, Samples.SegWit, many.Write(withWitness: true)])
        {
            RequireCutRefused(whole, step: whole.Length > 10_000 ? 37 : 1);
        }
    }

    [SkippableFact]
    public void Read_RealTransactionsCutAnywhere_Throws()
    {
        List<SlowTransaction> transactions = SlowBlock.Read(RealBlocks.Read("block482683.raw"));
        RequireCutRefused(transactions[1].Write(withWitness: true), step: 1);
        RequireCutRefused(transactions.First(transaction => transaction.Witness != null).Write(withWitness: true), step: 1);
    }

    [Fact]
    public void Read_OffsetOutsideTheBytes_Throws()
    {
        byte[] bytes = Samples.Coinbase;
        foreach (int start in (int[])[-1, int.MinValue, bytes.Length, bytes.Length + 1, int.MaxValue])
        {
            Should.Throw<BitcoinFormatException>(() => { int offset = start; TransactionView.Read(bytes, ref offset); });
        }
    }

    /// <summary>The offset that an error names is that in all the bytes.</summary>
    [Fact]
    public void Read_BehindOtherBytes_NamesTheOffsetInAll()
    {
        byte[] bytes = [.. new byte[100], .. Convert.FromHexString(Version + "01" + Input + "00" + LockTime)];
        Refusal.Of(bytes, () => { int offset = 100; TransactionView.Read(bytes, ref offset); }).Offset.ShouldBe(146);
    }

    [Theory]
    // No inputs and one output: the same bytes as the marker of a witness, and its transaction has no inputs either.
    [InlineData("", "00" + "01" + "00" + "01" + Output, "00", 6)]
    [InlineData("", "00" + "02" + Output + Output, "", 4)]
    [InlineData("00", "00" + "00", "", 4)]
    [InlineData("0001", "00" + "01" + Output, "00", 6)]
    [InlineData("", "01" + Input + "00", "", 46)]
    [InlineData("0001", "01" + Input + "00", "0101ff", 48)]
    // A marker with another flag.
    [InlineData("0000", "01" + Input + "01" + Output, "0101ff", 4)]
    [InlineData("0002", "01" + Input + "01" + Output, "0101ff", 4)]
    [InlineData("0003", "01" + Input + "01" + Output, "0101ff", 4)]
    [InlineData("00", "01" + Input + "01" + Output, "", 6)]
    // The form with a witness, which has none.
    [InlineData("0001", "01" + Input + "01" + Output, "00", 59)]
    [InlineData("0001", "02" + Input + Input + "01" + Output, "0000", 100)]
    public void Read_NoInputsNoOutputsNoWitness_Throws(string marker, string inputsAndOutputs, string witness, int offset)
    {
        byte[] bytes = Convert.FromHexString(Version + marker + inputsAndOutputs + witness + LockTime);
        Refusal.Of(bytes, () => Decode.Transaction(bytes)).Offset.ShouldBe(offset);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 5)]
    [InlineData(1, 9)]
    [InlineData(0xfc, 3)]
    [InlineData(0xfd, 5)]
    [InlineData(0xffff, 5)]
    [InlineData(0xffff, 9)]
    [InlineData(0x10000, 9)]
    public void Read_NotInItsShortestForm_Throws(int value, int width)
    {
        string script = new('0', value * 2);
        Func<string, string>[] forms =
        [
            size => Version + size + string.Concat(Enumerable.Repeat(Input, value)) + "01" + Output + LockTime,
            size => Version + "01" + Input + size + string.Concat(Enumerable.Repeat(Output, value)) + LockTime,
            size => Version + "01" + OutPoint + size + script + "ffffffff" + "01" + Output + LockTime,
            size => Version + "01" + Input + "01" + "0000000000000000" + size + script + LockTime,
            size => Version + "0001" + "01" + Input + "01" + Output + size + string.Concat(Enumerable.Repeat("00", value)) + LockTime,
            size => Version + "0001" + "01" + Input + "01" + Output + "01" + size + script + LockTime,
        ];
        foreach (Func<string, string> form in forms)
        {
            byte[] bytes = Convert.FromHexString(form(Size((ulong)value, width)));
            Refusal.Of(bytes, () => Decode.Transaction(bytes)).Message.ShouldContain("shortest form");
            Should.NotThrow(() => Decode.Transaction(Convert.FromHexString(form(ShortestSize((ulong)value)))));
        }
    }

    /// <summary>Counts and lengths far beyond the data: refused at once, and nothing is set aside for them.</summary>
    [Theory]
    [InlineData(3ul)]
    [InlineData(0xfcul)]
    [InlineData(0xfffful)]
    [InlineData(0x7ffffffful)]
    [InlineData(0x80000000ul)]
    [InlineData(0xfffffffful)]
    [InlineData(0x100000000ul)]
    [InlineData(0x100000001ul)]
    [InlineData(0x7ffffffffffffffful)]
    [InlineData(0x8000000000000000ul)]
    [InlineData(0x8000000000000001ul)]
    [InlineData(0xfffffffffffffffful)]
    public void Read_CountOrLengthBeyondTheData_Throws(ulong value)
    {
        string size = ShortestSize(value);
        (string Form, int Offset)[] forms =
        [
            (Version + size + Input + "01" + Output + LockTime, 4),
            (Version + "0001" + size + Input + "01" + Output + "0101ff" + LockTime, 6),
            (Version + "01" + OutPoint + size + "ffffffff", 41),
            (Version + "01" + Input + size + Output + LockTime, 46),
            (Version + "01" + Input + "01" + "0000000000000000" + size + "51", 55),
            (Version + "0001" + "01" + Input + "01" + Output + size + "00", 59),
            (Version + "0001" + "01" + Input + "01" + Output + "01" + size + "ff", 60),
        ];
        foreach ((string form, int offset) in forms)
        {
            byte[] bytes = Convert.FromHexString(form);
            BitcoinFormatException error = Refusal.Of(bytes, () => Decode.Transaction(bytes));

            // A small count that is too large is seen only where the bytes end.
            error.Offset.ShouldBeInRange(offset, value > 0xfc ? offset : bytes.Length);
        }
    }

    /// <summary>A length that leaves too little for what follows it was said to be more than a larger number of bytes.</summary>
    [Fact]
    public void Read_LengthLeavesNoRoomForTheSequence_SaysHowMuchThereIs()
    {
        byte[] bytes = Convert.FromHexString(Version + "01" + OutPoint + Size(300, 3) + new string('0', 302 * 2));
        Refusal.Of(bytes, () => Decode.Transaction(bytes)).Message.ShouldBe("byte 41: the length of an input's script, 300, is more than the 298 bytes that are left for it");
    }

    private static void RequireCutRefused(byte[] whole, int step)
    {
        Should.NotThrow(() => Decode.Transaction(whole));
        for (int length = 0; length < whole.Length; length += step)
        {
            byte[] cut = whole[..length];
            Refusal.Of(cut, () => Decode.Transaction(cut));
        }
    }

    private static string ShortestSize(ulong value) => Size(value, value switch { < 0xfd => 1, <= 0xffff => 3, <= 0xffffffff => 5, _ => 9 });

    private static string Size(ulong value, int width) => width == 1
        ? $"{value:x2}"
        : (width switch { 3 => "fd", 5 => "fe", _ => "ff" }) + Convert.ToHexStringLower(BitConverter.GetBytes(value)[..(width - 1)]);
}
