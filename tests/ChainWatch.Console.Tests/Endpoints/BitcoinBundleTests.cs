using ChainWatch.Console.Tests.Bundles;
using ChainWatch.TestNodes.Bitcoin;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary><c>bundle</c> of Bitcoin: a node, block files and an Esplora API, with proofs where raw blocks are at hand.</summary>
public sealed class BitcoinBundleTests(BitcoinStage stage) : IClassFixture<BitcoinStage>
{
    private const string Satoshi = "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S";
    private const string Finney = "1Q2TWHE3GMdB6BZKafqwxXtWAWgFt5Jvm3";
    private const string FirstPayment = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16";

    private BitcoinStory Story => stage.Story;

    [SkippableFact]
    public async Task Node_TransfersAndProofsHoldWithoutIt()
    {
        using Files files = new();
        string zip = files["case.zip"];
        ConsoleRun bundle = await ConsoleRun.Of(Ask(files, "--to", Story["payee 7"], "--bitcoin", stage.Url, "--output", zip));
        bundle.Code.ShouldBe(2, bundle.Errors);

        ConsoleRun verify = await ConsoleRun.Of("verify", zip);
        verify.Code.ShouldBe(0, verify.Errors);
        verify.Output.ShouldContain("they give the transfers of transfers.cwg again, byte for byte");
        verify.Output.ShouldContain("on the paths: from the bytes by the merkle branch to the header");
        BundleFiles.ShouldHoldNone(zip, Story.Node.Password, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Story.Node.User}:{Story.Node.Password}")));
    }

    [SkippableFact]
    public async Task BlockFiles_EveryPath_IsProved()
    {
        using Files files = new();
        using CoreFolder folder = await Story.WriteFilesAsync(withUndo: true, key: [7, 1, 200, 33, 4, 99, 250, 18]);
        string zip = files["case.zip"];
        ConsoleRun bundle = await ConsoleRun.Of(Ask(files, "--to", Story["payee 7"], Story["j"], "--bitcoin-blocks", folder.Path, "--as-chain", "bitcoin", "--output", zip));
        bundle.Code.ShouldBe(2, bundle.Errors);
        IReadOnlyDictionary<string, byte[]> inside = BundleFiles.Read(zip);
        string[] proofs = [.. inside.Keys.Where(n => n.StartsWith("proofs/", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal))];

        proofs.Length.ShouldBeGreaterThan(1);
        (await ConsoleRun.Of("verify", zip)).Output.ShouldContain($"proofs: {proofs.Length} transactions on the paths: ");
        string headers = inside.Keys.Single(n => n.EndsWith(".bin", StringComparison.Ordinal));
        (await ConsoleRun.Of("verify", BundleFiles.Forge(zip, headers, b => [.. b[..4], (byte)(b[4] ^ 1), .. b[5..]]))).ShouldFail("proofs/");
        (await ConsoleRun.Of("verify", BundleFiles.Forge(zip, headers, b => b[..^80]))).ShouldFail($"{headers}: its ");
        (await ConsoleRun.Of("verify", BundleFiles.Forge(zip, proofs[0], _ => inside[proofs[1]]))).ShouldFail($"{proofs[0]}: is the proof of transaction ");
        (await ConsoleRun.Of("verify", BundleFiles.Forge(zip, proofs[0], b => BundleFiles.Replaced(b, "\"branch\": [", "\"branch\": [ ")))).ShouldFail($"{proofs[0]}: is no proof of a transaction");
    }

    [SkippableFact]
    public async Task RealBlocks_TheFirstPaymentEver_IsProvedToTheLastHeader()
    {
        string? data = Environment.GetEnvironmentVariable("CHAINWATCH_TEST_DATA");
        Skip.If(string.IsNullOrEmpty(data), "CHAINWATCH_TEST_DATA is not set: no real blocks to read");
        string blocks = Path.Combine(data!, "chain", "bitcoin", "blk00000.dat");
        Skip.IfNot(File.Exists(blocks), "CHAINWATCH_TEST_DATA has no chain/bitcoin/blk00000.dat");
        using Files files = new();
        File.Copy(blocks, Path.Combine(Directory.CreateDirectory(files["blocks"]).FullName, "blk00000.dat"));
        ConsoleRun bundle = await ConsoleRun.Of("bundle", "--from", Satoshi, "--to", Finney, "--hops", "1", "--bitcoin-blocks", files["blocks"], "--output", files["case.zip"]);

        bundle.Code.ShouldBe(2, bundle.Errors);
        BundleFiles.Text(files["case.zip"], "proofs/170-1.json").ShouldContain($"\"tx\": \"{FirstPayment}\"");
        BundleFiles.Text(files["case.zip"], "proofs/170-1.json").ShouldContain("\"block_hash\": \"00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee\"");
        BundleFiles.Read(files["case.zip"])["proofs/headers-to-299.bin"].Length.ShouldBe(80 * 130);
        Directory.Delete(files["blocks"], recursive: true);
        (await ConsoleRun.Of("verify", files["case.zip"])).Output.ShouldContain("proofs: 1 transaction on the paths: ");
    }

    [SkippableFact]
    public async Task Esplora_GoneAfterwards_TheAnswersGiveTheTransfersAgain()
    {
        using Files files = new();
        await using (EsploraServer server = new(await Story.EsploraAsync()))
        {
            ConsoleRun bundle = await ConsoleRun.Of(Ask(files, "--to", Story["payee 7"], "--esplora", server.Endpoint.ToString(), "--output", files["case.zip"]));
            bundle.Code.ShouldBe(2, bundle.Errors);
        }

        ConsoleRun verify = await ConsoleRun.Of("verify", files["case.zip"]);
        verify.Code.ShouldBe(0, verify.Errors);
        verify.Output.ShouldContain("they give the transfers of transfers.cwg again, byte for byte");
        verify.Output.ShouldContain("proofs: none of their own: taking the transfers from the answers again checked ids, headers and merkle roots");
    }

    private string[] Ask(Files files, params string[] more)
    {
        string[] ask = stage.Ask(files, 5, more);
        ask[0] = "bundle";
        return ask;
    }
}
