using System.Text.Json;
using Nethereum.JsonRpc.Client;
using Nethereum.JsonRpc.WebSocketClient;
using Nethereum.Web3;
using Newtonsoft.Json;
using Stj = Nethereum.JsonRpc.SystemTextJsonRpcClient;

namespace ChainWatch.Nethereum.Tests;

/// <summary>The clients of Nethereum that ask a node, by name.</summary>
internal static class Clients
{
    public static string[] Names { get; } = ["Web3", "RpcClient", "SimpleRpcClient", "System.Text.Json", "WebSocket"];

    /// <summary>A client, and whatever must be disposed with it.</summary>
    public static (IClient Client, IDisposable? Owned) Make(string name, Uri node)
    {
        switch (name)
        {
            case "Web3":
                return (new Web3(node.ToString()).Client, null);
            case "RpcClient":
                return (new RpcClient(node), null);
            case "SimpleRpcClient":
                HttpClient http = new();
                return (new SimpleRpcClient(node, http), http);
            case "System.Text.Json":
                return (new Stj.RpcClient(node), null);
            default:
                // Not disposed: that waits, busily, until its time-out of 20 s for the node to say goodbye.
                return (new WebSocketClient(new UriBuilder(node) { Scheme = "ws" }.Uri.ToString(), JsonSettings), null);
        }
    }

    /// <summary>Of each serializer one client over HTTP: as it comes, or one that reads answers as deep as calls may nest.</summary>
    public static IClient Make(bool newtonsoft, Uri node, bool deep = false) => newtonsoft
        ? new RpcClient(node, jsonSerializerSettings: deep ? JsonSettings : null)
        : new Stj.RpcClient(node, serializerOptions: deep ? new JsonSerializerOptions { MaxDepth = 4096 } : null);

    /// <summary>What Nethereum's clients read with, and calls may nest as deep as the EVM lets them.</summary>
    public static JsonSerializerSettings JsonSettings => new() { NullValueHandling = NullValueHandling.Ignore, MaxDepth = 4096 };
}
