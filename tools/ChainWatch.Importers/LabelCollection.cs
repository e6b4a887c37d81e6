using ChainWatch.Labels;

namespace ChainWatch.Importers;

/// <summary>The collected labels, checked one by one; what is left out is named with its reason.</summary>
internal sealed class LabelCollection
{
    private readonly HashSet<Address> _formerlyListed;
    private readonly HashSet<Address> _tokens;

    private LabelCollection(HashSet<Address> formerlyListed, HashSet<Address> tokens)
    {
        _formerlyListed = formerlyListed;
        _tokens = tokens;
    }

    public List<LabelCandidate> Candidates { get; } = [];

    public List<(LabelOrigin Origin, string Text)> Refused { get; } = [];

    public static LabelCollection Read(string dataDirectory)
    {
        List<SourceRow> services = SourceTable.Read(Path.Combine(dataDirectory, "labels", "service_labels.csv"));
        LabelCollection labels = new(
            [.. OfacSdnImporter.History(dataDirectory).Where(row => row["entity"] == OfacSdnImporter.TornadoCash).Select(row => Address.Parse(row["address"], Chain.Ethereum))],
            [.. TokensImporter.Read(dataDirectory).Select(token => token.Contract), .. NamedTokens(services)]);
        foreach (SourceRow row in SourceTable.Read(Path.Combine(dataDirectory, "labels", "labels_additional.csv")))
        {
            (StopCategory? category, string reason) = AdditionalLabels.CategoryOf(row);
            if (category is null)
            {
                labels.Refuse(row, LabelOrigin.Additional, reason);
            }
            else
            {
                labels.Add(row, LabelOrigin.Additional, category.Value, "");
            }
        }

        foreach (SourceRow row in services)
        {
            LabelOrigin origin = row["source"].StartsWith("brianleect/etherscan-labels", StringComparison.Ordinal) ? LabelOrigin.EtherscanScrape
                : row["source"].StartsWith("graphsense-tagpacks", StringComparison.Ordinal) ? LabelOrigin.Graphsense
                : throw row.Error("source", $"unknown source '{row["source"]}'");
            labels.Add(
                row,
                origin,
                StopCategories.TryParse(row["category"], out StopCategory category) ? category : throw row.Error("category", $"unknown category '{row["category"]}'"),
                row["detail"]);
        }

        labels.RequireMixers();
        return labels;
    }

    // A token that one source names as such stays one where another calls it a pool (0x845838DF…f8a2).
    private static IEnumerable<Address> NamedTokens(IEnumerable<SourceRow> rows)
    {
        foreach (SourceRow row in rows.Where(row => TokenNames.IsToken(row["name"], row["detail"])))
        {
            string text = row["address"].Trim();
            if (LabelChains.Of(row["chain"], text, row["name"]).Chain is Chain chain && Address.TryParse(text, chain, out Address address))
            {
                yield return address;
            }
        }
    }

    private void Add(SourceRow row, LabelOrigin origin, StopCategory category, string detail)
    {
        // One address has a space after it.
        string text = row["address"].Trim();
        (Chain? chain, string reason) = LabelChains.Of(row["chain"], text, row["name"]);
        if (chain is null)
        {
            Refuse(row, origin, reason);
        }
        else if (!Address.TryParse(text, chain.Value, out Address address))
        {
            Refuse(row, origin, $"no valid address of {chain}");
        }
        else if (category != StopCategory.Wrapper && !_formerlyListed.Contains(address) && _tokens.Contains(address))
        {
            Refuse(row, origin, "a token's contract");
        }
        else
        {
            string source = Wording.Public(row["source"]) + (detail.Length > 0 ? $" ({detail})" : "");
            Candidates.Add(new LabelCandidate(new StopLabel(address, category, Wording.Public(row["name"]), source), origin, row.Line));
        }
    }

    private void Refuse(SourceRow row, LabelOrigin origin, string reason) =>
        Refused.Add((origin, $"{row.File}:{row.Line}: {row["chain"]} {row["address"]} '{Wording.Public(row["name"])}': {reason}"));

    // What OFAC once listed as the mixer must stop a trace as a mixer.
    private void RequireMixers()
    {
        HashSet<Address> mixers = [.. Candidates.Where(candidate => candidate.Label.Category == StopCategory.Mixer && candidate.Origin != LabelOrigin.EtherscanScrape).Select(candidate => candidate.Label.Address)];
        if (_formerlyListed.Except(mixers).OrderBy(address => address).FirstOrDefault() is { Kind: AddressKind.Evm } missing)
        {
            throw new ChainWatchException($"{missing} was listed under {OfacSdnImporter.TornadoCash} and no shipped label says that it is a mixer");
        }
    }
}
