using ChainWatch.Labels;

namespace ChainWatch.Importers;

/// <summary>The category of a label of labels_additional.csv.</summary>
internal static class AdditionalLabels
{
    /// <summary>The category; null and the reason where the contract is no stop.</summary>
    public static (StopCategory? Category, string Reason) CategoryOf(SourceRow row)
    {
        string name = row["name"];
        return row["category"] switch
        {
            "dex" when name.Contains("Router", StringComparison.Ordinal) => (StopCategory.Router, ""),
            "contract" when name.StartsWith("WETH9", StringComparison.Ordinal) => (StopCategory.Wrapper, ""),
            "contract" when name.Contains("token", StringComparison.Ordinal) => (null, "a token's contract"),
            "contract" when name.Contains("Permit2", StringComparison.Ordinal) || name.Contains("TokenApprove", StringComparison.Ordinal) =>
                (null, "a contract that moves others' tokens by allowance and holds nothing: transfers do not touch it"),
            "contract" when name.Contains("Factory", StringComparison.Ordinal) => (null, "a factory: no funds pass it"),
            "contract" when name.Contains("treasury", StringComparison.Ordinal) => (null, "a treasury: none of the categories, traced like any address"),
            string category when StopCategories.TryParse(category, out StopCategory known) => (known, ""),
            string category => throw row.Error("category", $"'{category}' of '{name}' has no rule"),
        };
    }
}
