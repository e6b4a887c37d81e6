namespace ChainWatch.Console.Tests;

/// <summary>What people get wrong first, and what they are told to do next.</summary>
public sealed class FirstErrorsTests
{
    [Theory]
    [InlineData("Lazarus Group", "--from 'Lazarus Group': there is no such file; did you mean 'list:dprk-attributed/Lazarus Group', 'list:ofac-sdn/Lazarus Group'?")]
    [InlineData("lazarus group", "--from 'lazarus group': there is no such file; did you mean 'list:dprk-attributed/Lazarus Group', 'list:ofac-sdn/Lazarus Group'?")]
    [InlineData("vitalik.eth", "--from: 'vitalik.eth' is a name, and names are not resolved: expected the address that it stands for, 0x and 40 hexadecimal digits")]
    [InlineData("0xd49d4c1a9a4a7c5f5a8a0f6b2a3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e", "--from: '0xd49d4c1a9a4a7c5f5a8a0f6b2a3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e' is no address of ethereum: expected 0x and 40 hexadecimal digits (64 are a transaction's hash)")]
    public async Task From_SomethingElse_SaysWhatWasMeant(string from, string expected) =>
        (await ConsoleRun.Of("trace", "--from", from, "--hops", "2", "--transfers", Files.Ronin)).ShouldFailWith(expected);

    [Fact]
    public async Task Screen_NameOfTheNameService_SaysThatNamesAreNotResolved() =>
        (await ConsoleRun.Of("screen", "vitalik.eth")).ShouldFailWith("'vitalik.eth' is a name, and names are not resolved: expected the address that it stands for, 0x and 40 hexadecimal digits");
}
