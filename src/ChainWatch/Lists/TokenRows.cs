using System.Globalization;
using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>Tokens as rows of <c>tokens.csv</c>.</summary>
internal static class TokenRows
{
    // 10^77 is the largest power of ten below 2^256: a token with more decimals could not have one whole unit.
    private const int DecimalsMax = 77;

    private static readonly string[] Columns = ["chain", "contract", "symbol", "decimals", "name", "source"];

    public static byte[] Write(IReadOnlyList<Token> tokens) => ListTable.Write(Columns, tokens
        .OrderBy(token => token.Contract)
        .Select(token => new[] { token.Contract.Chain.Name, token.Contract.ToString(), token.Symbol, token.Decimals.ToString(CultureInfo.InvariantCulture), token.Name, token.Source }));

    public static List<Token> Read(string file, byte[] bytes)
    {
        HashSet<Address> seen = [];
        return ListTable.Read(file, bytes, Columns, row =>
        {
            Address contract = row.Address("contract", row.Chain("chain"));
            if (!seen.Add(contract))
            {
                throw row.Error("contract", $"{contract} of {contract.Chain} stands on the list twice");
            }

            return int.TryParse(row.Text("decimals"), NumberStyles.None, CultureInfo.InvariantCulture, out int decimals) && decimals <= DecimalsMax
                ? new Token(contract, row.Required("symbol"), decimals, row.Text("name"), row.Text("source"))
                : throw row.Error("decimals", $"'{row.Text("decimals")}' is no number from 0 to {DecimalsMax}");
        });
    }
}
