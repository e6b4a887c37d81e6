using System.Globalization;
using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Proofs;

/// <summary>Writes and reads a proof as JSON. Hashes stand there as people write them: their bytes reversed.</summary>
public static class ProofJson
{
    private const int SchemaVersion = 1;
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes a proof.</summary>
    public static byte[] Write(TransactionProof proof)
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteString("tx", proof.Id.ToString());
            json.WriteNumber("block", proof.Height);
            json.WriteNumber("position", proof.Index);
            json.WriteString("block_hash", proof.BlockHash);
            json.WriteString("header", Convert.ToHexStringLower(proof.Header.Span));
            json.WriteStartArray("branch");
            foreach (byte[] hash in proof.Branch)
            {
                json.WriteStringValue(HashText.Write(hash));
            }

            json.WriteEndArray();
            json.WriteString("transaction", Convert.ToHexStringLower(proof.Transaction.Span));
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.ToArray();
    }

    /// <summary>Reads a proof. It is not verified yet.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ChainWatchException">It is none, or not as <see cref="Write"/> writes it.</exception>
    public static TransactionProof Read(byte[] bytes, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement json = document.RootElement;
            TransactionProof proof = new(
                json.GetProperty("block").GetInt64(),
                json.GetProperty("position").GetInt32(),
                Convert.FromHexString(json.GetProperty("transaction").GetString()!),
                [.. json.GetProperty("branch").EnumerateArray().Select(hash => Hash(hash.GetString()!))],
                Convert.FromHexString(json.GetProperty("header").GetString()!));

            // The id, the block's hash and the form are computed: what says otherwise is no such file.
            return proof.Index >= 0 && proof.Height >= 0 && proof.Branch.Count <= MerkleBranch.LengthMax && proof.Header.Length == BlockHeader.Length && Write(proof).AsSpan().SequenceEqual(bytes)
                ? proof
                : throw new FormatException("other bytes");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or BitcoinFormatException)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{place}: is no proof of a transaction, or its id and block hash are not those of its bytes; expected one as it is written"), e);
        }
    }

    private static byte[] Hash(string text)
    {
        byte[] hash = Convert.FromHexString(text);
        Array.Reverse(hash);
        return hash.Length == 32 ? hash : throw new FormatException("no hash");
    }
}
