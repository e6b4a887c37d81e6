using System.Globalization;
using ChainWatch.Bitcoin;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>What is wrong with options: one line for each problem, which names the key, what was found and what was expected. No secret is repeated.</summary>
internal static class OptionsProblems
{
    public static IReadOnlyList<string> Of(ChainWatchOptions options, bool hasOwnSources)
    {
        List<string> problems = [.. options.Unread];
        Plain(options, problems);
        Nodes(options, hasOwnSources, problems);
        Files(options, problems);
        return problems;
    }

    private static void Plain(ChainWatchOptions options, List<string> problems)
    {
        Text(nameof(options.StateFolder), options.StateFolder, "the folder that keeps blocks and alerts");
        Texts(nameof(options.From), options.From, "list:NAME, list:NAME/ENTITY, an address or a file of addresses");
        Texts(nameof(options.Wallets), options.Wallets, "addresses, or a file of them");
        Within(nameof(options.Hops), options.Hops, 1, TraceRequest.HopsMax);
        Within(nameof(options.MaxDegree), options.MaxDegree ?? 1, 1, int.MaxValue);
        Within(nameof(options.Confirmations), options.Confirmations, 1, WatchRequest.ConfirmationsMax);
        Within(nameof(options.Since), options.Since ?? 0, 0, long.MaxValue);
        Within(nameof(options.IntervalSeconds), options.IntervalSeconds, 1, 3600);
        Within(nameof(options.MaxListAgeDays), options.MaxListAgeDays, 0, 36_500);

        void Text(string key, string value, string expected)
        {
            if (value.Length == 0)
            {
                problems.Add($"{options.Place}:{key}: is missing; expected {expected}");
            }
        }

        void Texts(string key, IList<string> values, string expected)
        {
            if (values.Count == 0)
            {
                problems.Add($"{options.Place}:{key}: is missing; expected {expected}");
            }
        }

        void Within(string key, long value, long least, long most)
        {
            if (value < least || value > most)
            {
                string range = most >= int.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}";
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{options.Place}:{key}: {value}; expected {range}"));
            }
        }
    }

    private static void Nodes(ChainWatchOptions options, bool hasOwnSources, List<string> problems)
    {
        if (options.Ethereum is null && options.Bitcoin is null && !hasOwnSources)
        {
            problems.Add($"{options.Place}: no node to watch; expected {nameof(options.Ethereum)}:Url, {nameof(options.Bitcoin)}:Url, or both");
        }

        if (options.Ethereum is EthereumNodeOptions ethereum)
        {
            Check(problems, $"{options.Place}:Ethereum:Url", () => RpcEndpoint.Parse(ethereum.Url));
        }

        if (options.Bitcoin is BitcoinNodeOptions bitcoin)
        {
            Check(problems, $"{options.Place}:Bitcoin:Url", () => RpcEndpoint.Parse(bitcoin.Url));
            Check(problems, $"{options.Place}:Bitcoin:CookieFile", () => bitcoin.CookieFile is null ? default : CookieFile.Read(bitcoin.CookieFile));
            Check(problems, $"{options.Place}:Bitcoin:AsChain", () => ChainNode.Network(bitcoin.AsChain, $"{options.Place}:Bitcoin:AsChain"));
        }

        if (options.Webhook is WebhookTargetOptions webhook)
        {
            Check(problems, $"{options.Place}:Webhook:Url", () => RpcEndpoint.Parse(webhook.Url));
            Check(problems, $"{options.Place}:Webhook:Secret", () => new WebhookOptions { Secret = System.Text.Encoding.UTF8.GetBytes(webhook.Secret) });
            Check(problems, $"{options.Place}:Webhook:Name", () => new WebhookOptions { Secret = new byte[WebhookOptions.SecretBytesMin], Name = webhook.Name });
        }
    }

    // Wallets may be millions: that their files are well formed shows when they are read.
    private static void Files(ChainWatchOptions options, List<string> problems)
    {
        foreach (string missing in GivenAddresses.Files(options.Wallets).Where(f => !File.Exists(f)))
        {
            Check(problems, $"{options.Place}:Wallets", () => GivenAddresses.Read([missing], $"{options.Place}:Wallets"));
        }

        ConfiguredRequest request = new(options);
        ListSet? lists = null;
        TokenList? tokens = null;
        Check(problems, "", () => lists = request.Lists());
        if (lists is not null)
        {
            Check(problems, "", () => request.From(lists));
            Check(problems, "", () => request.Stops(lists));
            Check(problems, "", () => tokens = request.Tokens(lists));
        }

        if (tokens is not null)
        {
            Check(problems, "", () => request.MinValues(tokens));
            Check(problems, "", () => request.AlertValues(tokens));
        }
    }

    private static void Check<T>(List<string> problems, string key, Func<T> read)
    {
        try
        {
            read();
        }
        catch (ChainWatchException e)
        {
            problems.Add(key.Length == 0 || e.Message.StartsWith(key, StringComparison.Ordinal) ? e.Message : $"{key}: {e.Message}");
        }
    }
}
