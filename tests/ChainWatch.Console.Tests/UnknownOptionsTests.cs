namespace ChainWatch.Console.Tests;

public sealed class UnknownOptionsTests
{
    private const string Wallet = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";

    [Theory]
    [InlineData("unknown option '--asof'; did you mean '--as-of'", "screen", Wallet, "--asof", "2026-01-01")]
    [InlineData("unknown option '--bogus'", "trace", "--from", Wallet, "--bogus")]
    [InlineData("unknown option '--bogus'", "trace", "--from", Wallet, "--hops", "2", "--transfers", "none.csv", "--bogus=1")]
    [InlineData("unknown option '-o'", "trace", "--from", Wallet, "--hops", "2", "--transfers", "none.csv", "-o", "x")]
    [InlineData("unknown option '--hop'", "sources", "--to", Wallet, "--hop", "3")]
    [InlineData("unknown option '--list'; did you mean '--lists'", "lists", "show", "--list", "x")]
    [InlineData("unknown option '--version'", "screen", Wallet, "--version")]
    public async Task UnknownOption_IsNamed(string expected, params string[] args) => (await ConsoleRun.Of(args)).ShouldFail(expected);

    [Theory]
    [InlineData("2X")]
    [InlineData("0GB")]
    [InlineData("G")]
    [InlineData("1.5GB")]
    [InlineData("99999999999GB")]
    public async Task Memory_WhatIsNoSize_IsToldSo(string size) =>
        (await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--output", "x.cwg", "--memory", size)).ShouldFail($"--memory {size}: expected a size such as 512MB or 2GB");

    [Theory]
    [InlineData("--from 'ofac-sdn': there is no such file; did you mean 'list:ofac-sdn'?", "ofac-sdn")]
    [InlineData("did you mean 'list:OFAC-SDN/Lazarus Group'?", "OFAC-SDN/Lazarus Group")]
    [InlineData(": is a folder; expected list:NAME, an address or a file of addresses", ".")]
    public async Task From_WhatIsNoSeed_SaysWhatItIs(string expected, string from) =>
        (await ConsoleRun.Of("trace", "--from", from, "--hops", "2", "--transfers", Files.Bybit)).ShouldFail(expected);

    [Fact]
    public async Task Lists_AFile_IsToldSo() => (await ConsoleRun.Of("screen", Wallet, "--lists", Files.Bybit)).ShouldFail("is a file; expected a folder of lists");

    [Fact]
    public async Task Screen_AddressesAndFile_NotBoth() => (await ConsoleRun.Of("screen", Wallet, "--file", Files.Bybit)).ShouldFail("addresses or --file FILE, not both");
}
