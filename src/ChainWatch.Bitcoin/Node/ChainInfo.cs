using System.Text.Json;

namespace ChainWatch.Bitcoin.Node;

/// <summary>What a node says of its chain (<c>getblockchaininfo</c>).</summary>
internal sealed record ChainInfo
{
    /// <summary>The node's word for its network: main, test, testnet4, signet, regtest.</summary>
    public required string Network { get; init; }

    /// <summary>The height of its newest block.</summary>
    public required long Blocks { get; init; }

    /// <summary>That block's hash.</summary>
    public required string BestHash { get; init; }

    /// <summary>The lowest block that it has whole.</summary>
    public required long FirstBlock { get; init; }

    /// <summary>Whether it says that newer blocks are still to come.</summary>
    public required bool IsCatchingUp { get; init; }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="Decoding.BitcoinFormatException">A field is missing or of another type.</exception>
    public static ChainInfo Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        NodeJson.Expect(ref reader, JsonTokenType.StartObject, "getblockchaininfo", "an object");
        string? network = null, best = null;
        long blocks = -1, headers = -1, first = 0;
        bool pruned = false;
        bool? downloading = null;
        double progress = 1;
        while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("chain"u8))
            {
                network = NodeJson.Text(ref reader, "chain");
            }
            else if (name.SequenceEqual("blocks"u8))
            {
                blocks = NodeJson.Integer(ref reader, "blocks", 0, int.MaxValue);
            }
            else if (name.SequenceEqual("headers"u8))
            {
                headers = NodeJson.Integer(ref reader, "headers", 0, int.MaxValue);
            }
            else if (name.SequenceEqual("bestblockhash"u8))
            {
                best = NodeJson.Hash(ref reader, "bestblockhash");
            }
            else if (name.SequenceEqual("pruned"u8) && reader.TokenType == JsonTokenType.True)
            {
                pruned = true;
            }
            else if (name.SequenceEqual("pruneheight"u8) && reader.TokenType != JsonTokenType.Null)
            {
                first = NodeJson.Integer(ref reader, "pruneheight", 0, int.MaxValue);
            }
            else if (name.SequenceEqual("initialblockdownload"u8) && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            {
                downloading = reader.TokenType == JsonTokenType.True;
            }
            else if (name.SequenceEqual("verificationprogress"u8) && reader.TokenType == JsonTokenType.Number)
            {
                progress = reader.GetDouble();
            }
            else
            {
                reader.Skip();
            }
        }

        // An estimate: of a node that has all blocks it is a little below 1.
        const double nearlyAll = 0.999;
        return new ChainInfo
        {
            Network = network ?? throw NodeJson.Missing("chain"),
            Blocks = blocks >= 0 ? blocks : throw NodeJson.Missing("blocks"),
            BestHash = best ?? throw NodeJson.Missing("bestblockhash"),
            FirstBlock = pruned ? first : 0,
            IsCatchingUp = (downloading ?? progress < nearlyAll) || headers > blocks,
        };
    }
}
