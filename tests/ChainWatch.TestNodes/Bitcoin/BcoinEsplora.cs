using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>A node's chain as an Esplora server knows it.</summary>
public static class BcoinEsplora
{
    /// <summary>Reads every block of a node.</summary>
    public static async Task<EsploraChain> LoadAsync(Bcoin node)
    {
        List<JsonNode> blocks = [];
        int head = await node.HeadAsync();
        for (int height = 0; height <= head; height++)
        {
            JsonNode block = (await node.CallAsync("getblock", await node.BlockHashAsync(height), true, true))!;
            // The node writes the target as a number, and no nonce.
            byte[] header = Convert.FromHexString((await node.RawBlockAsync(height))[..160]);
            block["bits"] = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(72)).ToString("x8", CultureInfo.InvariantCulture);
            block["nonce"] = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76));
            blocks.Add(block);
        }

        return EsploraChain.Load(blocks);
    }
}
