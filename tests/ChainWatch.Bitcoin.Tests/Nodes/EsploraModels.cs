using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Nodes;

/// <summary>Small chains of known payments.</summary>
internal static class EsploraModels
{
    public static readonly Address Alice = Wallet(1);
    public static readonly Address Bob = Wallet(2);
    public static readonly Address Miner = Wallet(3);

    public static Address Wallet(byte number)
    {
        byte[] payload = new byte[20];
        payload[19] = number;
        return Address.FromPayload(Chain.Bitcoin, AddressKind.P2Wpkh, payload);
    }

    public static string Hash(string label) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(label)));

    public static EsploraTx Coinbase(long height, string branch = "") =>
        new(Hash($"coinbase {height}{branch}"), [EsploraInput.Coinbase], [EsploraOutput.To(Miner, 5_000_000_000)]);

    public static EsploraTx Payment(string label, Address to, long value) =>
        new(Hash(label), [new EsploraInput(Hash($"before {label}"), 0, EsploraOutput.To(Miner, value + 10))], [EsploraOutput.To(to, value)]);

    public static EsploraTx Spending(string label, EsploraTx spent, Address to, long value) =>
        new(Hash(label), [new EsploraInput(spent.TxId, 0, spent.Outputs[0])], [EsploraOutput.To(to, value)]);

    public static EsploraBlock Block(long height, EsploraBlock? previous, IReadOnlyList<EsploraTx> transactions) =>
        new(height, Hash($"block {height} {transactions[0].TxId}"), previous?.Hash, 1_700_000_000 + (height * 600), transactions);

    // Each block pays Alice a number of times.
    public static EsploraChain Busy(int blocks, int each, string branch = "")
    {
        List<EsploraBlock> made = [];
        for (int height = 0; height < blocks; height++)
        {
            IEnumerable<EsploraTx> paid = Enumerable.Range(0, each).Select(i => Payment(string.Create(CultureInfo.InvariantCulture, $"{height}:{i}{branch}"), Alice, 1000 + i));
            made.Add(Block(height, made.LastOrDefault(), [Coinbase(height, branch), .. paid]));
        }

        return new EsploraChain(Chain.Bitcoin, made);
    }

    public static async Task<(int Status, string Body)> AskAsync(this HttpClient http, EsploraServer server, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(server.Endpoint, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<JsonNode> JsonAsync(this HttpClient http, EsploraServer server, string path)
    {
        (int status, string body) = await http.AskAsync(server, path);
        status.ShouldBe(200, body);
        return JsonNode.Parse(body)!;
    }
}
