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
        LabelCollection labels = new(
            [.. OfacSdnImporter.History(dataDirectory).Where(row => row["entity"] == OfacSdnImporter.TornadoCash).Select(row => Address.Parse(row["address"], Chain.Ethereum))],
            [.. TokensImporter.Read(dataDirectory).Select(token => token.Contract)]);
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

        foreach (SourceRow row in SourceTable.Read(Path.Combine(dataDirectory, "labels", "service_labels.csv")))
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
        else if (category != StopCategory.Wrapper && !_formerlyListed.Contains(address) && (_tokens.Contains(address) || TokenNames.IsToken(row["name"], detail)))
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
