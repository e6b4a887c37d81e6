using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ChainWatch.Hosting;

/// <summary>
/// Reads a section of a configuration key by key: no reflection, and no key that is passed over because it is misspelt. What a
/// key holds is repeated in a message only where it can be no secret.
/// </summary>
internal sealed class OptionsReader
{
    private readonly IConfiguration _section;
    private readonly string _place;
    private readonly List<string> _problems;
    private readonly List<string> _known = [];

    private OptionsReader(IConfiguration section, string place, List<string> problems) => (_section, _place, _problems) = (section, place, problems);

    /// <summary>Puts what a section says into options; what cannot be read is noted there.</summary>
    public static void Read(IConfiguration section, ChainWatchOptions options)
    {
        options.Place = (section as IConfigurationSection)?.Path ?? ChainWatchOptions.SectionName;
        OptionsReader keys = new(section, options.Place, options.Unread);
        options.StateFolder = keys.Text(nameof(options.StateFolder)) ?? options.StateFolder;
        options.ListsFolder = keys.Text(nameof(options.ListsFolder)) ?? options.ListsFolder;
        options.From = keys.Texts(nameof(options.From)) ?? options.From;
        options.Wallets = keys.Texts(nameof(options.Wallets)) ?? options.Wallets;
        options.Hops = keys.Number(nameof(options.Hops)) ?? options.Hops;
        options.StopFiles = keys.Texts(nameof(options.StopFiles)) ?? options.StopFiles;
        options.DefaultLabels = keys.Flag(nameof(options.DefaultLabels)) ?? options.DefaultLabels;
        options.MaxDegree = keys.Number(nameof(options.MaxDegree)) ?? options.MaxDegree;
        options.MinValues = keys.Texts(nameof(options.MinValues)) ?? options.MinValues;
        options.AnyToken = keys.Flag(nameof(options.AnyToken)) ?? options.AnyToken;
        options.StrictOrder = keys.Flag(nameof(options.StrictOrder)) ?? options.StrictOrder;
        options.ThroughCoinJoin = keys.Flag(nameof(options.ThroughCoinJoin)) ?? options.ThroughCoinJoin;
        options.AlertValues = keys.Texts(nameof(options.AlertValues)) ?? options.AlertValues;
        options.Confirmations = keys.Number(nameof(options.Confirmations)) ?? options.Confirmations;
        options.Since = keys.Parsed<long>(nameof(options.Since), "a whole number") ?? options.Since;
        options.IntervalSeconds = keys.Number(nameof(options.IntervalSeconds)) ?? options.IntervalSeconds;
        options.MaxListAgeDays = keys.Number(nameof(options.MaxListAgeDays)) ?? options.MaxListAgeDays;
        options.Ethereum = keys.Part(nameof(options.Ethereum), options.Ethereum ?? new EthereumNodeOptions(), static (part, node) =>
        {
            node.Url = part.Text(nameof(node.Url)) ?? node.Url;
            node.BearerToken = part.Text(nameof(node.BearerToken)) ?? node.BearerToken;
        }) ?? options.Ethereum;
        options.Bitcoin = keys.Part(nameof(options.Bitcoin), options.Bitcoin ?? new BitcoinNodeOptions(), static (part, node) =>
        {
            node.Url = part.Text(nameof(node.Url)) ?? node.Url;
            node.CookieFile = part.Text(nameof(node.CookieFile)) ?? node.CookieFile;
            node.AsChain = part.Text(nameof(node.AsChain)) ?? node.AsChain;
        }) ?? options.Bitcoin;
        options.Webhook = keys.Part(nameof(options.Webhook), options.Webhook ?? new WebhookTargetOptions(), static (part, target) =>
        {
            target.Url = part.Text(nameof(target.Url)) ?? target.Url;
            target.Secret = part.Text(nameof(target.Secret)) ?? target.Secret;
            target.Name = part.Text(nameof(target.Name)) ?? target.Name;
            target.BearerToken = part.Text(nameof(target.BearerToken)) ?? target.BearerToken;
        }) ?? options.Webhook;
        keys.RefuseOthers();
    }

    private string? Text(string key)
    {
        IConfigurationSection found = Of(key);
        if (found.GetChildren().Any())
        {
            _problems.Add($"{_place}:{key}: holds further keys; expected a text");
        }

        return found.Value is { Length: > 0 } text ? text : null;
    }

    // One text, or an array of them.
    private List<string>? Texts(string key)
    {
        IConfigurationSection found = Of(key);
        List<string> texts = [.. found.GetChildren().Select(c => c.Value).Prepend(found.Value).OfType<string>().Where(t => t.Length > 0)];
        return texts.Count > 0 ? texts : null;
    }

    private int? Number(string key) => Parsed<int>(key, "a whole number");

    private bool? Flag(string key)
    {
        string? text = Text(key);
        if (text is null || bool.TryParse(text, out _))
        {
            return text is null ? null : bool.Parse(text);
        }

        _problems.Add($"{_place}:{key}: '{text}'; expected true or false");
        return null;
    }

    private T? Parsed<T>(string key, string expected) where T : struct, IParsable<T>
    {
        string? text = Text(key);
        if (text is null || T.TryParse(text, CultureInfo.InvariantCulture, out T value))
        {
            return text is null ? null : T.Parse(text, CultureInfo.InvariantCulture);
        }

        _problems.Add($"{_place}:{key}: '{text}'; expected {expected}");
        return null;
    }

    private T? Part<T>(string key, T options, Action<OptionsReader, T> read) where T : class
    {
        IConfigurationSection found = Of(key);
        if (!found.Exists())
        {
            return null;
        }

        OptionsReader part = new(found, $"{_place}:{key}", _problems);
        read(part, options);
        part.RefuseOthers();
        return options;
    }

    private IConfigurationSection Of(string key)
    {
        _known.Add(key);
        return _section.GetSection(key);
    }

    private void RefuseOthers()
    {
        foreach (IConfigurationSection other in _section.GetChildren().Where(c => !_known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            _problems.Add($"{_place}:{other.Key}: is no key; expected one of {string.Join(", ", _known)}");
        }
    }
}
