using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Files;
using ChainWatch.TestNodes.Bitcoin;
using ChainWatch.Tests;

namespace ChainWatch.Bitcoin.Tests.Files;

public class UndoReaderTests
{
    private static readonly List<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> EveryForm =
    [
        [
            (0, Script("76a914", 20, "88ac"), 0, false),
            (1, Script("a914", 20, "87"), 1, true),
            (2_100_000_000_000_000, Script("2102", 32, "ac"), 900_000, false),
            (5_000_000_000, Script("2103", 32, "ac"), 63, true),
            (123_456_789, Convert.FromHexString("4104" + Secp256k1Tests.X + Secp256k1Tests.EvenY + "ac"), 64, false),
        ],
        [
            (10, Convert.FromHexString("4104" + Secp256k1Tests.X + Secp256k1Tests.OddY + "ac"), 8_255, false),
            (999, Convert.FromHexString("4104" + Secp256k1Tests.X + Secp256k1Tests.X + "ac"), 8_256, false),
            (100_000_000, [], 2, false),
        ],
        [(700_000_000_000, Script("6a", 9_999, ""), 70_000_000, false), (54_321, Script("0014", 20, ""), 3, true)],
    ];

    // Without the longest script.
    private static readonly List<IReadOnlyList<(long Value, byte[] Script, int Height, bool Coinbase)>> ShortForms = [EveryForm[0], EveryForm[1], [EveryForm[2][1]]];

    [Fact]
    public void EveryFormOfScript_ComesBack() => RealBlockFilesTests.ShouldRead(CoreFolder.Undo(EveryForm), EveryForm);

    [Theory]
    // The pairs of Bitcoin Core's compress_tests.
    [InlineData(0L, 0UL)]
    [InlineData(1L, 1UL)]
    [InlineData(1_000_000L, 7UL)]
    [InlineData(100_000_000L, 9UL)]
    [InlineData(5_000_000_000L, 0x32UL)]
    [InlineData(2_100_000_000_000_000L, 0x1406f40UL)]
    public void Amounts(long value, ulong coded)
    {
        byte[] undo = [1, 1, 0, .. CoreFolder.Varint(coded), 6];
        UndoReader reader = new(undo);
        reader.NextTransaction();
        reader.NextInput().Value.ShouldBe(value);
        reader.End();
    }

    [Fact]
    public void AScriptThatNobodyCanSpend_IsReturn()
    {
        byte[] undo = [1, 1, 0, 0, .. CoreFolder.Varint(10_001 + 6), .. new byte[10_001]];
        UndoReader reader = new(undo);
        reader.NextTransaction();
        UndoOutput output = reader.NextInput();
        byte[] script = new byte[output.ScriptLength];
        output.WriteScript(script);
        script.ShouldBe([0x6a]);
        reader.End();
    }

    [Fact]
    public void AKeyThatIsNotOnTheCurve_IsNamedByItsOffset()
    {
        byte[] undo = [1, 1, 0, 0, 4, .. new byte[31], 5];
        UndoReader reader = new(undo);
        reader.NextTransaction();
        UndoOutput output = reader.NextInput();
        BitcoinFormatException? error = null;
        try
        {
            output.WriteScript(new byte[67]);
        }
        catch (BitcoinFormatException e)
        {
            error = e;
        }

        error.ShouldNotBeNull().Message.ShouldBe("byte 5: a public key whose x coordinate is not on the curve secp256k1");
    }

    [Theory]
    [InlineData("", "byte 0: the count of transactions is cut off")]
    [InlineData("fd0100", "byte 0: the count of transactions 1 is written in 3 bytes; expected its shortest form")]
    [InlineData("02", "byte 0: the count of transactions 2 is more than the 0 bytes that follow can hold")]
    [InlineData("0101", "byte 1: the count of inputs 1 is more than the 0 bytes that follow can hold")]
    [InlineData("ff0000000001000000", "byte 0: the count of transactions 4294967296 is more than the 0 bytes that follow can hold")]
    [InlineData("0101008080", "byte 3: a number that does not end")]
    [InlineData("010100000800", "byte 4: a script of 2 bytes; expected at most the 1 that are left")]
    [InlineData("01018efefefeff7f0000", "byte 2: a number above 4294967295")]
    [InlineData("01010080fefefefefefefefeff0000", "byte 3: a number above 18446744073709551615")]
    [InlineData("010100a0c8adb1d183ff0106", "byte 3: an amount of 2100000000000001 satoshi; expected at most 2100000000000000")]
    public void Malformed_IsNamedByItsOffset(string hex, string message) => Error(Convert.FromHexString(hex)).ShouldNotBeNull().ShouldStartWith(message);

    [Fact]
    public void AnotherNumberOfInputs_ThanTheBlock_IsRefused()
    {
        byte[] undo = CoreFolder.Undo(EveryForm);
        Should.Throw<BitcoinFormatException>(() => new UndoReader(undo).NextTransaction(4)).Message.ShouldBe("byte 1: a transaction of 5 inputs; expected the 4 that the block gives it");
    }

    [Fact]
    public void CutAnywhere_OrLonger_IsAnError()
    {
        byte[] undo = CoreFolder.Undo(ShortForms);
        for (int length = 0; length < undo.Length; length++)
        {
            Error(undo[..length]).ShouldNotBeNull();
        }

        Error([.. undo, 0]).ShouldNotBeNull().ShouldContain("1 bytes are left");
        Error(undo).ShouldBeNull();
    }

    [Fact]
    public void Mutations_AreReadOrRefused()
    {
        Random random = new(300025);
        byte[] undo = CoreFolder.Undo(ShortForms);
        int refused = 0;
        int count = CaseCount.DecoderInputs / 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            byte[] mutated = undo[..random.Next(1, undo.Length + 1)];
            for (int changes = random.Next(0, 6); changes > 0; changes--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(3) == 0 ? (byte)random.Next(0, 8) : (byte)random.Next(256);
            }

            refused += Error(mutated) is null ? 0 : 1;
        }

        refused.ShouldBeInRange(count / 5, count - 1);

        // The copies, the errors with their traces, the roots: nothing that a stated length could blow up.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(count * 40_000L);
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        byte[] undo = CoreFolder.Undo([.. Enumerable.Repeat(EveryForm, 100).SelectMany(t => t)]);
        byte[] script = new byte[UndoOutput.LongestScript];
        ReadAll(undo, script);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(undo, script);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string? Error(byte[] undo)
    {
        try
        {
            ReadAll(undo, new byte[UndoOutput.LongestScript]);
            return null;
        }
        catch (BitcoinFormatException e)
        {
            e.Offset.ShouldBeInRange(0, undo.Length);
            return e.Message;
        }
    }

    private static void ReadAll(byte[] undo, byte[] script)
    {
        UndoReader reader = new(undo);
        for (int transactions = reader.TransactionCount; transactions > 0; transactions--)
        {
            for (int inputs = reader.NextTransaction(); inputs > 0; inputs--)
            {
                UndoOutput output = reader.NextInput();
                if (output.WriteScript(script) != output.ScriptLength)
                {
                    throw new InvalidOperationException("another length than it said");
                }
            }
        }

        reader.End();
    }

    private static byte[] Script(string before, int length, string after)
        => [.. Convert.FromHexString(before), .. Enumerable.Range(1, length).Select(i => (byte)i), .. Convert.FromHexString(after)];
}
