using System.CommandLine;
using ChainWatch.Collecting;

namespace ChainWatch.Console.Arguments;

/// <summary>How transfers are fetched from an endpoint: where they are kept, what may be asked, how far it goes.</summary>
internal sealed class CollectArgument
{
    private static readonly CollectBudget Default = new();

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Keep what is fetched in this folder, and fetch nothing twice: an interrupted run goes on, and with the endpoint switched off the same question has the same answer",
        HelpName = "DIR",
    };

    private readonly Option<bool> _noAddressQueries = new("--no-address-queries")
    {
        Description = "Ask the endpoint about whole blocks alone, so that it does not learn which addresses are of interest",
    };

    private readonly Option<CollectWay?> _fetch = new("--fetch")
    {
        Description = "blocks: every block of the window; addresses: outward from the seeds and backward from the wallets. Default: blocks for windows of at most 10,000 blocks, or where the endpoint cannot show all kinds of transfer by address",
        HelpName = "blocks|addresses",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "blocks": return CollectWay.Blocks;
                case "addresses": return CollectWay.Addresses;
                default:
                    result.AddError($"--fetch '{result.Tokens[0].Value}': expected blocks or addresses");
                    return null;
            }
        },
    };

    private readonly Option<int?> _maxRequests = Limit("--max-requests", "requests to the endpoint", Default.Requests);
    private readonly Option<int?> _maxAddresses = Limit("--max-addresses", "addresses to ask about", Default.Addresses);
    private readonly Option<int?> _maxTransfers = Limit("--max-transfers", "transfers", Default.Transfers);
    private readonly Option<int?> _maxMinutes = Limit("--max-minutes", "minutes of fetching", (long)Default.Time.TotalMinutes);

    public void AddTo(Command command)
    {
        command.Add(_state);
        command.Add(_noAddressQueries);
        command.Add(_fetch);
        command.Add(_maxRequests);
        command.Add(_maxAddresses);
        command.Add(_maxTransfers);
        command.Add(_maxMinutes);
    }

    public string? State(ParseResult parsed) => parsed.GetValue(_state);

    /// <summary>The first option given that has a meaning for endpoints alone; null where none is.</summary>
    public string? FirstGiven(ParseResult parsed) =>
        new Option[] { _state, _noAddressQueries, _fetch, _maxRequests, _maxAddresses, _maxTransfers, _maxMinutes }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>Whether what is fetched would be kept for another question, or taken from one before.</summary>
    public bool KeepsState(ParseResult parsed) => parsed.GetValue(_state) is not null;

    public CollectOptions Read(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(_state) is string state && File.Exists(state))
        {
            throw new ChainWatchException($"--state {state}: is a file; expected a folder");
        }

        long start = terminal.Clock.GetTimestamp();
        return new CollectOptions
        {
            StateFolder = parsed.GetValue(_state),
            Way = parsed.GetValue(_fetch),
            AddressQueries = !parsed.GetValue(_noAddressQueries),
            Elapsed = () => terminal.Clock.GetElapsedTime(start),
            Budget = new CollectBudget
            {
                Requests = parsed.GetValue(_maxRequests) ?? Default.Requests,
                Addresses = parsed.GetValue(_maxAddresses) ?? Default.Addresses,
                Transfers = parsed.GetValue(_maxTransfers) ?? Default.Transfers,
                Time = parsed.GetValue(_maxMinutes) is int minutes ? TimeSpan.FromMinutes(minutes) : Default.Time,
            },
        };
    }

    private static Option<int?> Limit(string name, string what, long most) => NumberArgument.Option(
        name, "N", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"At most so many {what}; what is beyond is said to be missing. Default {most:N0}"), 1, int.MaxValue);
}
