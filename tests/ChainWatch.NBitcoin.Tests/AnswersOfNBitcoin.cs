using NBitcoin;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>What NBitcoin itself says of the cases of the cross-check.</summary>
internal static class AnswersOfNBitcoin
{
    public static (string Paid, string Key) OfScript(Chain chain, byte[] bytes)
    {
        Network network = chain.ToNetwork();
        Script script = Script.FromBytesUnsafe(bytes);
        PubKey? key = PayToPubkeyTemplate.Instance.ExtractScriptPubKeyParameters(script);
        return (script.GetDestinationAddress(network)?.ToString() ?? "-", key?.GetAddress(ScriptPubKeyType.Legacy, network).ToString() ?? "-");
    }

    public static string OfText(Chain chain, string text)
    {
        try
        {
            return BitcoinAddress.Create(text, chain.ToNetwork()).ScriptPubKey.ToHex();
        }
        catch (FormatException)
        {
            return "-";
        }
    }

    public static IEnumerable<string> OfBlock(byte[] bytes)
    {
        Block block = Block.Load(bytes, Network.Main);
        yield return $"{block.GetHash()} {block.GetMerkleRoot().Hash} {block.Transactions.Count}";
        foreach (Transaction transaction in block.Transactions)
        {
            yield return $"{transaction.GetHash()} {transaction.GetWitHash()} {transaction.Inputs.Count} {transaction.Outputs.Count} {transaction.TotalOut.Satoshi}";
        }
    }
}
