using System.Net.Http.Headers;
using System.Numerics;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes;

namespace ChainWatch.Benchmarks.Ethereum;

/// <summary>A real node with many blocks, each with many transactions, half of them transfers of a token.</summary>
internal static class LoadedNode
{
    private const int Recipients = 5_000;
    private static readonly Address Token = Address.Parse("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48");

    public static async Task<Anvil> StartAsync(int blocks, int transactions)
    {
        TestContracts contracts = await TestContracts.GetAsync();
        Anvil node = await Anvil.StartAsync(new AnvilOptions());
        await node.SetCodeAsync(Token, contracts["Erc20"].Create());
        Address[] senders = [.. Enumerable.Range(0, transactions).Select(i => AddressAt(1_000_000 + i))];
        foreach (Address sender in senders)
        {
            await node.SetBalanceAsync(sender, BigInteger.Pow(10, 24));
            await node.SendAsync(sender, Token, 0, contracts["Erc20"].Call("mint", sender, BigInteger.Pow(10, 18)));
        }

        await node.MineAsync();
        using HttpClient http = new();
        for (int block = 0; block < blocks; block++)
        {
            JsonArray batch = [];
            for (int i = 0; i < senders.Length; i++)
            {
                Address to = AddressAt(((block * 7919) + (i * 104729)) % Recipients);
                bool isToken = i % 2 == 0;
                batch.Add(new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = i,
                    ["method"] = "eth_sendTransaction",
                    ["params"] = new JsonArray(new JsonObject
                    {
                        ["from"] = senders[i].ToCanonicalString(),
                        ["to"] = (isToken ? Token : to).ToCanonicalString(),
                        ["value"] = isToken ? "0x0" : "0x3e8",
                        ["data"] = isToken ? contracts["Erc20"].Call("transfer", to, (BigInteger)(block + 1)) : "0x",
                        ["gas"] = "0x186a0",
                        ["gasPrice"] = "0x0",
                    }),
                });
            }

            using StringContent content = new(batch.ToJsonString(), new MediaTypeHeaderValue("application/json"));
            using HttpResponseMessage response = await http.PostAsync(node.Endpoint, content);
            response.EnsureSuccessStatusCode();
            await node.MineAsync();
        }

        return node;
    }

    private static Address AddressAt(int number)
    {
        Span<byte> bytes = stackalloc byte[20];
        bytes[0] = 0xb0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[16..], number);
        return Address.FromPayload(Chain.Ethereum, AddressKind.Evm, bytes);
    }
}
